package retail.inventory.table;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

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
            @Min(value = 0, message = "must be a whole number from 0 to 1000000000")
            @Max(value = 1_000_000_000, message = "must be a whole number from 0 to 1000000000")
            long skusMax,

            @Min(value = 1, message = "must be a whole number from 1 to 10000000")
            @Max(value = 10_000_000, message = "must be a whole number from 1 to 10000000")
            long storesMax) {}

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
