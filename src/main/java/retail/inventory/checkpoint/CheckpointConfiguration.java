package retail.inventory.checkpoint;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.background.DiskBreakers;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.files.RoleLock;
import retail.inventory.table.InventoryTable;

/** Puts the table and its files in place, or in a worker the files alone, to read. */
@Configuration(proxyBeanMethods = false)
class CheckpointConfiguration {

    private static final String DIRECTORY = "inventory";
    private static final String HAS_THE_TABLE = "'${inventory.role}' != 'worker'";

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
    @ConditionalOnExpression("!(" + HAS_THE_TABLE + ")")
    SavedRecords savedRecords(Disk disk, DataDirectory data) {
        return new SavedRecords(disk, data.resolve(DIRECTORY));
    }
}
