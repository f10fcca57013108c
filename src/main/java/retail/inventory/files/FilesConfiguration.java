package retail.inventory.files;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.background.DiskBreakers;
import retail.inventory.background.MonotonicClock;
import retail.inventory.settings.Milliseconds;
import retail.inventory.settings.WholeNumber;

/** Puts the real disk and the locked data directory in place before any package that keeps files. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    static final String LOG_LOCK = ".lock";
    static final String CENTRAL_LOCK = ".central-lock";

    /**
     * Where the data is.
     *
     * @param dataDir the directory ({@code DATA_DIR}), created when absent
     * @param locksEnabled several processes share it ({@code LOCKS_ENABLED})
     * @param breakerThreshold the part of the latest tries that opens a breaker ({@code BREAKER_THRESHOLD})
     * @param breakerCooldownMs how long it stays open before one try ({@code BREAKER_COOLDOWN_MS})
     * @param retryBaseMs the pause before work is repeated for the first time ({@code RETRY_BASE_MS})
     * @param retryTimes how often it is repeated ({@code RETRY_TIMES})
     */
    @Validated
    @ConfigurationProperties("inventory.disk")
    record DiskProperties(
            @NotBlank(message = "must be the path of a directory")
            String dataDir,

            boolean locksEnabled,

            @DecimalMin(value = "0", inclusive = false, message = "must be a number above 0 and at most 1, like 0.5")
            @DecimalMax(value = "1", message = "must be a number above 0 and at most 1, like 0.5")
            BigDecimal breakerThreshold,

            @Milliseconds(min = 100, max = 3_600_000) long breakerCooldownMs,

            @Milliseconds(min = 1, max = 2000) long retryBaseMs,

            @WholeNumber(min = 0, max = 10) int retryTimes) {

        private DiskBreakers.Settings breakers() {
            return new DiskBreakers.Settings(
                    breakerThreshold.doubleValue(), breakerCooldownMs, retryBaseMs, retryTimes);
        }
    }

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

        /**
         * A data directory has one process that writes the log, and one that has the central view. Processes that share
         * it come to terms by other means: each asks the directory for its roles.
         */
        private List<String> locks(boolean shared) {
            if (shared) {
                return List.of();
            }
            return switch (role) {
                case "api" -> List.of(LOG_LOCK);
                case "worker" -> List.of(CENTRAL_LOCK);
                default -> List.of(LOG_LOCK, CENTRAL_LOCK);
            };
        }
    }

    @Bean
    DiskBreakers diskBreakers(DiskProperties properties, CircuitBreakerRegistry circuits, RetryRegistry retries) {
        return new DiskBreakers(properties.breakers(), circuits, retries, new MonotonicClock());
    }

    @Bean
    DirectoryWatch directoryWatch() {
        return new DirectoryWatch();
    }

    @Bean
    Disk disk(DiskBreakers breakers, DirectoryWatch watch) {
        return new RetriedReads(new FencedDisk(new RealDisk(), watch), breakers.forReading());
    }

    @Bean(destroyMethod = "close")
    DataDirectory dataDirectory(Disk disk, DirectoryWatch watch, DiskProperties properties, RoleProperties role) {
        boolean shared = properties.locksEnabled();
        return DataDirectory.open(disk, Path.of(properties.dataDir()), role.locks(shared), shared, watch);
    }
}
