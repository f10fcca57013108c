package retail.inventory.table;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.settings.WholeNumber;

@Configuration(proxyBeanMethods = false)
class TableConfiguration {

    /** What a hold of a few lines takes of the heap, generously. */
    private static final long BYTES_PER_HOLD = 1024;

    private static final String HAS_THE_TABLE = "'${inventory.role}' != 'worker'";

    /**
     * Settings of the table.
     *
     * @param skusMax how many SKUs of all stores there may be; 0 = as many as half of the heap has room for ({@code SKUS_MAX})
     * @param storesMax how many stores there may be; fewer where half of the heap has no room for them ({@code STORES_MAX})
     * @param holdsMax how many holds are remembered, those that are over too; 0 = as many as an eighth of the heap has room for
     *     ({@code HOLDS_MAX})
     */
    @Validated
    @ConfigurationProperties("inventory.table")
    record TableProperties(
            @WholeNumber(min = 0, max = 1_000_000_000) long skusMax,

            @WholeNumber(min = 1, max = 10_000_000) long storesMax,

            @WholeNumber(min = 0, max = 1_000_000_000) long holdsMax) {}

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    InventoryTable inventoryTable(TableProperties properties) {
        long heap = Runtime.getRuntime().maxMemory();
        long holdsMax = properties.holdsMax() > 0 ? properties.holdsMax() : heap / 8 / BYTES_PER_HOLD;
        return new InventoryTable(TableBounds.of(properties.skusMax(), properties.storesMax(), heap), holdsMax);
    }

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    LiveRecords liveRecords(InventoryTable table) {
        return new LiveRecords(table);
    }
}
