package retail.inventory.table;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.settings.WholeNumber;

@Configuration(proxyBeanMethods = false)
class TableConfiguration {

    private static final String HAS_THE_TABLE = "'${inventory.role}' != 'worker'";

    /**
     * Settings of the table.
     *
     * @param skusMax how many SKUs of all stores there may be; 0 = as many as half of the heap has room for ({@code SKUS_MAX})
     * @param storesMax how many stores there may be; fewer where half of the heap has no room for them ({@code STORES_MAX})
     */
    @Validated
    @ConfigurationProperties("inventory.table")
    record TableProperties(
            @WholeNumber(min = 0, max = 1_000_000_000) long skusMax,

            @WholeNumber(min = 1, max = 10_000_000) long storesMax) {}

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    InventoryTable inventoryTable(TableProperties properties) {
        return new InventoryTable(TableBounds.of(
                properties.skusMax(),
                properties.storesMax(),
                Runtime.getRuntime().maxMemory()));
    }

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    LiveRecords liveRecords(InventoryTable table) {
        return new LiveRecords(table);
    }
}
