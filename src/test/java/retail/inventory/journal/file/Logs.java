package retail.inventory.journal.file;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import retail.inventory.disk.Disk;
import retail.inventory.disk.DiskBreakers;
import retail.inventory.journal.DeadLetters;

/** Logs for the tests of other rooms. */
public final class Logs {

    private Logs() {}

    /** One whose breaker the test watches. */
    public static FileEventLog create(
            Disk disk, Path directory, FileEventLog.Options options, DeadLetters deadLetters, DiskBreakers breakers) {
        return new FileEventLog(disk, directory, options, deadLetters, InstantSource.system(), breakers);
    }

    /** One with a clock and a thread of the test's, for which no time passes: it never waits to gather a batch. */
    public static FileEventLog create(
            Disk disk,
            Path directory,
            FileEventLog.Options options,
            DeadLetters deadLetters,
            InstantSource clock,
            DiskBreakers breakers,
            ThreadFactory threads) {
        return new FileEventLog(
                disk, directory, options, deadLetters, clock, breakers, threads, () -> 0, null, List.of());
    }
}
