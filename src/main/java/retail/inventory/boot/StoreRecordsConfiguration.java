package retail.inventory.boot;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.central.StoreRecords;
import retail.inventory.checkpoint.SavedRecords;
import retail.inventory.journal.EventLog;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.LiveRecords;

/** Gives the central view what it is compared with: the table of this process, or in a worker the files of another. */
@Configuration(proxyBeanMethods = false)
class StoreRecordsConfiguration {

    @Bean
    @ConditionalOnExpression("'${inventory.role}' == 'all'")
    StoreRecords liveStoreRecords(LiveRecords table, EventLog log) {
        return new StoreRecords() {
            @Override
            public long through() {
                return log.durableSequence();
            }

            @Override
            public void forEach(Consumer<List<InventoryRecord>> some) {
                table.forEach(some);
            }
        };
    }

    @Bean
    @ConditionalOnExpression("'${inventory.role}' == 'worker'")
    StoreRecords savedStoreRecords(SavedRecords files) {
        return new StoreRecords() {
            @Override
            public long through() throws IOException {
                return files.through();
            }

            @Override
            public void forEach(Consumer<List<InventoryRecord>> some) throws IOException {
                files.forEach(some);
            }
        };
    }
}
