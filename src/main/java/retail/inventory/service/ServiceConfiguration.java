package retail.inventory.service;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventLog;
import retail.inventory.lease.Leases;
import retail.inventory.settings.Milliseconds;
import retail.inventory.table.InventoryTable;

/** Puts the write path and the recovery in place. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class ServiceConfiguration {

    /** What a remembered idempotency key takes of the heap at most: {@link AnsweredKeys}. */
    private static final long BYTES_PER_KEY = 48;

    /**
     * Settings of the write path.
     *
     * @param idempotencyTtlMs how long an answered key is remembered ({@code IDEMP_TTL_MS})
     * @param commitTimeoutMs how long a request waits for the disk ({@code COMMIT_TIMEOUT_MS})
     * @param holdMemoryMs how long a hold that is over is remembered ({@code HOLD_MEMORY_MS})
     */
    @Validated
    @ConfigurationProperties("inventory.service")
    record ServiceProperties(
            @Milliseconds(min = 1000, max = 604_800_000) long idempotencyTtlMs,

            @Milliseconds(min = 100, max = 600_000) long commitTimeoutMs,

            @Milliseconds(min = 1000, max = 2_678_400_000L) long holdMemoryMs) {}

    @Bean
    Idempotency idempotency(EventFeed log, ServiceProperties properties) {
        long keysMax = Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_KEY;
        return new Idempotency(
                log, System::nanoTime, properties.idempotencyTtlMs(), keysMax, properties.commitTimeoutMs());
    }

    @Bean
    InventoryService inventoryService(
            EventLog log,
            InventoryTable table,
            Idempotency idempotency,
            InstantSource clock,
            ServiceProperties properties,
            Leases leases,
            ObjectProvider<Slot> turns,
            ObjectProvider<Tracing> tracing) {
        return new InventoryService(
                log,
                table,
                idempotency,
                clock,
                properties.commitTimeoutMs(),
                EventIds.UNIQUE,
                leases,
                turns.getIfAvailable(() -> Slot.UNLIMITED),
                tracing.getIfAvailable(() -> Tracing.NONE));
    }

    @Bean
    Recovery recovery(InventoryFiles files, EventLog log, InventoryTable table, Idempotency idempotency) {
        return new Recovery(files, log, table, idempotency);
    }

    /** Beside other processes, the one that keeps the inventory files sweeps. */
    @Bean(destroyMethod = "close")
    HoldSweeper holdSweeper(
            InventoryService service, InventoryTable table, InventoryFiles files, ServiceProperties properties) {
        return new HoldSweeper(service, table.holds(), files::mayWrite, Duration.ofMillis(properties.holdMemoryMs()));
    }
}
