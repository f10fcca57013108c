package retail.inventory.table;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.disk.DataDirectory;
import retail.inventory.disk.Disk;

/** Puts the table and its files in place. */
@Configuration(proxyBeanMethods = false)
class TableConfiguration {

    @Bean
    InventoryTable inventoryTable() {
        return new InventoryTable();
    }

    @Bean
    InventoryFiles inventoryFiles(Disk disk, DataDirectory data, InventoryTable table) {
        return new InventoryFiles(disk, data.resolve("inventory"), table);
    }
}
