package retail.inventory.table;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.disk.DataDirectory;
import retail.inventory.disk.Disk;
import retail.inventory.disk.DiskBreakers;
import retail.inventory.disk.RoleLock;

/** Puts the table and its files in place, or in a worker the files alone, to read. */
@Configuration(proxyBeanMethods = false)
class TableConfiguration {

    private static final String DIRECTORY = "inventory";
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

    /** Who has it keeps the inventory files, and puts away what they make needless; closed after both have ended. */
    @Bean(destroyMethod = "close")
    @ConditionalOnExpression(HAS_THE_TABLE)
    RoleLock filesRole(DataDirectory data) {
        return data.role("files");
    }

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    InventoryFiles inventoryFiles(
            Disk disk, DataDirectory data, InventoryTable table, @Qualifier("filesRole") RoleLock role) {
        return new InventoryFiles(disk, data.resolve(DIRECTORY), table, role::isHeld);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnExpression(HAS_THE_TABLE)
    InventoryFileWriter inventoryFileWriter(
            InventoryFiles files, DiskBreakers breakers, @Qualifier("filesRole") RoleLock role) {
        return new InventoryFileWriter(files, breakers.forRepeatable("inventory-files"), role);
    }

    @Bean
    @ConditionalOnExpression(HAS_THE_TABLE)
    LiveRecords liveRecords(InventoryTable table) {
        return new LiveRecords(table);
    }

    @Bean
    @ConditionalOnExpression("!(" + HAS_THE_TABLE + ")")
    SavedRecords savedRecords(Disk disk, DataDirectory data) {
        return new SavedRecords(disk, data.resolve(DIRECTORY));
    }
}
