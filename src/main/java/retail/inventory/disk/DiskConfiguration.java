package retail.inventory.disk;

import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

/** Puts the real disk and the locked data directory in place before any room that keeps files. */
@Configuration(proxyBeanMethods = false)
class DiskConfiguration {

    /**
     * Where the data is.
     *
     * @param dataDir the directory ({@code DATA_DIR}), created when absent
     * @param locksEnabled several processes on it ({@code LOCKS_ENABLED}); not offered yet, and refused rather than
     *     ignored
     */
    @Validated
    @ConfigurationProperties("inventory.disk")
    record DiskProperties(
            @NotBlank(message = "must be the path of a directory")
            String dataDir,

            @AssertFalse(message = "must be false: this version runs one process per data directory")
            boolean locksEnabled) {}

    @Bean
    Disk disk() {
        return new RealDisk();
    }

    @Bean(destroyMethod = "close")
    DataDirectory dataDirectory(Disk disk, DiskProperties properties) {
        return DataDirectory.open(disk, Path.of(properties.dataDir()));
    }
}
