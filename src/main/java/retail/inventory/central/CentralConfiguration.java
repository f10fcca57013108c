package retail.inventory.central;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.validation.annotation.Validated;
import retail.inventory.background.DiskBreakers;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventFeed;
import retail.inventory.settings.Milliseconds;
import retail.inventory.settings.WholeNumber;

/** Puts the central view and what keeps it current in place. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class CentralConfiguration {

    /** The central view stands still until a letter is written. */
    private static final long LETTERS_REST_MS = 1000;

    /**
     * Settings of the central view.
     *
     * @param syncIntervalMs how often to look for events when nothing wakes the worker ({@code SYNC_INTERVAL_MS})
     * @param freshnessBoundMs an answer older than this is stale ({@code FRESHNESS_BOUND_MS})
     * @param snapshotEveryEvents a snapshot is due after so many events ({@code SNAPSHOT_EVERY_N_EVENTS})
     */
    @Validated
    @ConfigurationProperties("inventory.central")
    record CentralProperties(
            @Milliseconds(min = 10, max = 3_600_000) long syncIntervalMs,

            @Milliseconds(min = 1, max = 3_600_000) long freshnessBoundMs,

            @WholeNumber(min = 1, max = 1_000_000_000, what = "a whole number of events")
            long snapshotEveryEvents) {}

    @Bean
    CentralInventory centralInventory() {
        return new CentralInventory();
    }

    @Bean
    CentralDeadLetters centralDeadLetters(Disk disk, DataDirectory data, InstantSource clock, DiskBreakers breakers) {
        return new CentralDeadLetters(
                disk,
                data.resolve(CentralFiles.LETTERS),
                clock,
                breakers.forRepeatable("dead-letters", LETTERS_REST_MS));
    }

    /** Closed by {@link Central}, in its order. */
    @Bean(destroyMethod = "")
    SyncWorker syncWorker(
            EventFeed feed,
            CentralInventory view,
            CentralDeadLetters letters,
            InstantSource clock,
            CentralProperties properties,
            ObjectProvider<ViewListener> listener) {
        return new SyncWorker(
                feed,
                new EventApplier(view, letters, feed, listener.getIfAvailable(() -> ViewListener.NONE)),
                clock,
                properties.syncIntervalMs(),
                properties.freshnessBoundMs());
    }

    /** Closed by {@link Central}, in its order. */
    @Bean(destroyMethod = "")
    SnapshotWriter snapshotWriter(
            CentralInventory view,
            SyncWorker worker,
            Disk disk,
            DataDirectory data,
            CentralProperties properties,
            DiskBreakers breakers) {
        return new SnapshotWriter(
                new CentralSnapshots(disk, data.resolve(CentralFiles.SNAPSHOTS)),
                view,
                worker,
                properties.snapshotEveryEvents(),
                breakers.forRepeatable("snapshots"));
    }

    @Bean(destroyMethod = "")
    CentralRecovery centralRecovery(
            CentralInventory view, EventFeed feed, Disk disk, DataDirectory data, StoreRecords records) {
        CentralSnapshots snapshots = new CentralSnapshots(disk, data.resolve(CentralFiles.SNAPSHOTS));
        return new CentralRecovery(view, snapshots, feed, records);
    }

    /** Who has it keeps the central view; closed after {@link Central}, which then has written its last snapshot. */
    @Bean(destroyMethod = "close")
    RoleLock centralRole(DataDirectory data) {
        return data.role("central");
    }

    @Bean(destroyMethod = "close")
    Central central(
            CentralInventory view,
            SyncWorker worker,
            CentralDeadLetters letters,
            SnapshotWriter writer,
            CentralRecovery recovery,
            @Qualifier("centralRole") RoleLock role) {
        return new Central(view, worker, writer, letters, recovery, role);
    }

    @Bean
    SyncTimer syncTimer(Central central, SyncWorker worker) {
        return new SyncTimer(central, worker);
    }

    /** The safety net: the view follows even if a commit's wake-up were lost or the worker's thread had died. */
    record SyncTimer(Central central, SyncWorker worker) {

        @Scheduled(fixedDelayString = "${inventory.central.sync-interval-ms}")
        void sync() {
            if (central.isStarted()) {
                worker.syncSafely();
            }
        }
    }
}
