package retail.inventory.central;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;

/** What the process that owns the log needs to know of the central view, which may live in another one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class CentralFilesConfiguration {

    @Bean
    CentralFiles centralFiles(Disk disk, DataDirectory data) {
        return new CentralFiles(disk, data.path());
    }
}
