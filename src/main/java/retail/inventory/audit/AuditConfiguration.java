package retail.inventory.audit;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.central.CentralInventory;
import retail.inventory.central.StoreRecords;
import retail.inventory.central.SyncWorker;
import retail.inventory.journal.EventFeed;
import retail.inventory.settings.Milliseconds;

@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class AuditConfiguration {

    /**
     * Settings of the audit.
     *
     * @param intervalMs how long it rests between two passes ({@code AUDIT_INTERVAL_MS})
     */
    @Validated
    @ConfigurationProperties("inventory.audit")
    record AuditProperties(
            @Milliseconds(min = 10, max = 86_400_000) long intervalMs) {}

    @Bean(destroyMethod = "close")
    Audit audit(
            StoreRecords records,
            CentralInventory view,
            SyncWorker worker,
            EventFeed feed,
            InstantSource clock,
            AuditProperties properties) {
        return new Audit(records, view, worker, feed, clock, properties.intervalMs(), Audit.PATIENCE_MS);
    }
}
