package retail.inventory.journal.file;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.background.DiskBreakers;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.files.FileMutex;
import retail.inventory.files.FilePresence;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.DeadLetters;

/**
 * Puts the log in files in place, under {@code wal/}, {@code archive/} and {@code dead-letter/} of the data directory:
 * to write it, or in a worker to follow it.
 */
@Configuration(proxyBeanMethods = false)
class FileLogConfiguration {

    private static final String OWNS_THE_LOG = "'${inventory.role}' != 'worker'";

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
     * @param archiveKeep how long segments stay in the archive ({@code ARCHIVE_KEEP}): all, 0, or a time like 30d
     */
    @Validated
    @ConfigurationProperties("inventory")
    record FileLogProperties(
            @NotNull(message = "must be strict or quarantine")
            OnDamage recovery,

            @Pattern(
                    regexp = "all|0|[1-9][0-9]{0,5}[smhd]",
                    message =
                            "must be all, 0, or a whole number of days, hours, minutes or seconds like 30d, 12h, 90m, 45s")
            String archiveKeep) {

        private @Nullable Duration archived() {
            return archiveKeep.equals("all") ? null : DurationStyle.SIMPLE.parse(archiveKeep);
        }
    }

    @Bean
    @ConditionalOnExpression(OWNS_THE_LOG)
    DeadLetters deadLetters(Disk disk, DataDirectory data, InstantSource clock) {
        return new FileDeadLetters(disk, data.resolve("dead-letter"), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnExpression("!(" + OWNS_THE_LOG + ")")
    FollowedLog followedLog(Disk disk, DataDirectory data) {
        return new FollowedLog(disk, data.resolve("wal"));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnExpression(OWNS_THE_LOG)
    FileEventLog eventLog(
            Disk disk,
            DataDirectory data,
            FileLogProperties properties,
            DeadLetters deadLetters,
            DiskBreakers breakers,
            ObjectProvider<BatchObserver> observers)
            throws IOException {
        FileEventLog.Options options = FileEventLog.Options.DEFAULT;
        return new FileEventLog(
                disk,
                data.resolve("wal"),
                new FileEventLog.Options(
                        options.segmentBytesMax(),
                        options.queueBytesMax(),
                        options.probeEveryMs(),
                        properties.recovery() == OnDamage.QUARANTINE,
                        properties.archived()),
                deadLetters,
                breakers,
                LogWriter.PLATFORM,
                System::nanoTime,
                System::nanoTime,
                data.isShared() ? sharing(disk, data) : null,
                observers.orderedStream().toList());
    }

    @Bean
    @ConditionalOnExpression(OWNS_THE_LOG)
    LogFootprint logFootprint(Disk disk, DataDirectory data) {
        return new LogFootprint(disk, data.resolve("wal"));
    }

    private static Sharing sharing(Disk disk, DataDirectory data) throws IOException {
        Sharing sharing = new Sharing(
                new FileMutex(disk, data.resolve(".log-end")), new FilePresence(disk, data.resolve(".lock")));
        data.watch(data.resolve(".log-end"));
        data.watch(data.resolve(".lock"));
        return sharing;
    }
}
