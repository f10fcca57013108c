package retail.inventory.journal.file;

import jakarta.validation.constraints.NotNull;
import java.time.InstantSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.disk.DataDirectory;
import retail.inventory.disk.Disk;
import retail.inventory.journal.DeadLetters;

/** Puts the log in files in place, under {@code wal/} and {@code dead-letter/} of the data directory. */
@Configuration(proxyBeanMethods = false)
class FileLogConfiguration {

    /** What a start does with a damaged log. */
    enum OnDamage {
        /** It stops. */
        STRICT,
        /** It puts the damage into the dead letters and goes on. */
        QUARANTINE
    }

    /**
     * Settings of the log.
     *
     * @param recovery {@code --inventory.recovery}: strict or quarantine
     */
    @Validated
    @ConfigurationProperties("inventory")
    record FileLogProperties(
            @NotNull(message = "must be strict or quarantine")
            OnDamage recovery) {}

    @Bean
    DeadLetters deadLetters(Disk disk, DataDirectory data, InstantSource clock) {
        return new FileDeadLetters(disk, data.resolve("dead-letter"), clock);
    }

    @Bean(destroyMethod = "close")
    FileEventLog eventLog(Disk disk, DataDirectory data, FileLogProperties properties, DeadLetters deadLetters) {
        FileEventLog.Options options = FileEventLog.Options.DEFAULT;
        return new FileEventLog(
                disk,
                data.resolve("wal"),
                new FileEventLog.Options(
                        options.segmentBytesMax(),
                        options.queueBytesMax(),
                        options.probeEveryMs(),
                        properties.recovery() == OnDamage.QUARANTINE),
                deadLetters);
    }
}
