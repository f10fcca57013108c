package retail.inventory.disk;

import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

/** Puts the real disk and the locked data directory in place before any room that keeps files. */
@Configuration(proxyBeanMethods = false)
class DiskConfiguration {

    private static final String LOG_LOCK = ".lock";
    private static final String CENTRAL_LOCK = ".central-lock";

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

    /**
     * What this process does.
     *
     * @param role {@code --inventory.role}: all; api, which takes the writes; worker, which has the central view
     */
    @Validated
    @ConfigurationProperties("inventory")
    record RoleProperties(
            @Pattern(regexp = "all|api|worker", message = "must be all, api or worker")
            String role) {

        /** A data directory has one process that writes the log, and one that has the central view. */
        private List<String> locks() {
            return switch (role) {
                case "api" -> List.of(LOG_LOCK);
                case "worker" -> List.of(CENTRAL_LOCK);
                default -> List.of(LOG_LOCK, CENTRAL_LOCK);
            };
        }
    }

    @Bean
    Disk disk() {
        return new RealDisk();
    }

    @Bean(destroyMethod = "close")
    DataDirectory dataDirectory(Disk disk, DiskProperties properties, RoleProperties role) {
        return DataDirectory.open(disk, Path.of(properties.dataDir()), role.locks());
    }
}
