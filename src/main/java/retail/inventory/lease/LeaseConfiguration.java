package retail.inventory.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.settings.Milliseconds;

/** Puts the lease in place, or none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LeaseConfiguration {

    private static final String ENABLED = "inventory.disk.locks-enabled";

    /**
     * Settings of the lease; the same in all processes of a directory.
     *
     * @param ttlMs how long a process that has stopped keeps the lease ({@code LOCK_TTL_MS})
     * @param renewMs how often it is renewed while it is in use ({@code LOCK_RENEW_MS})
     * @param waitMs how long a change waits for it ({@code LOCK_WAIT_MS})
     * @param dir where it is ({@code LOCK_DIR}); empty: {@code locks} in the data directory
     */
    @Validated
    @ConfigurationProperties("inventory.lease")
    record LeaseProperties(
            @Milliseconds(min = 100, max = 600_000) long ttlMs,

            @Milliseconds(min = 10, max = 600_000) long renewMs,

            @Milliseconds(min = 1, max = 600_000) long waitMs,

            String dir)
            implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return type == LeaseProperties.class;
        }

        /** What one setting demands of another. */
        @Override
        public void validate(Object target, Errors errors) {
            if (target instanceof LeaseProperties properties && properties.renewMs >= properties.ttlMs) {
                errors.rejectValue("renewMs", "late", "must be less than LOCK_TTL_MS, which is " + properties.ttlMs);
            }
        }

        FileLeases.Options in(DataDirectory data) {
            Path directory =
                    dir.isBlank() ? data.resolve("locks") : Path.of(dir).toAbsolutePath();
            return new FileLeases.Options(directory, ttlMs, renewMs, waitMs);
        }
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, havingValue = "true")
    FileLeases fileLeases(Disk disk, DataDirectory data, LeaseProperties properties, InstantSource clock)
            throws IOException {
        return FileLeases.open(disk, properties.in(data), clock);
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, havingValue = "false", matchIfMissing = true)
    Leases noLeases() {
        return Leases.NONE;
    }
}
