package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import retail.inventory.background.DiskBreakers;
import retail.inventory.files.Disk;
import retail.inventory.journal.DeadLetters;

/** Logs for the tests of other packages. */
public final class Logs {

    private Logs() {}

    /** The oldest sequence there is, in the archive too. */
    public static long oldest(Disk disk, Path directory) throws IOException {
        List<Segment> all = Segment.listAll(disk, directory, Segment.archiveOf(directory));
        return all.isEmpty() ? 1 : all.getFirst().first();
    }

    /** One that has no damage, with elapsed time of the test's. */
    public static FileEventLog create(Disk disk, Path directory, FileEventLog.Options options, LongSupplier elapsed) {
        DeadLetters none = (reason, place, bytes) -> {
            throw new AssertionError("nothing is quarantined: " + reason);
        };
        return new FileEventLog(
                disk,
                directory,
                options,
                none,
                new DiskBreakers(DiskBreakers.Settings.DEFAULT),
                LogWriter.PLATFORM,
                System::nanoTime,
                elapsed,
                null,
                List.of());
    }

    /** One whose breaker the test watches. */
    public static FileEventLog create(
            Disk disk, Path directory, FileEventLog.Options options, DeadLetters deadLetters, DiskBreakers breakers) {
        return new FileEventLog(
                disk,
                directory,
                options,
                deadLetters,
                breakers,
                LogWriter.PLATFORM,
                System::nanoTime,
                System::nanoTime,
                null,
                List.of());
    }

    /** One with a thread and elapsed time of the test's; for the thread no time passes: it never waits to gather a batch. */
    public static FileEventLog create(
            Disk disk,
            Path directory,
            FileEventLog.Options options,
            DeadLetters deadLetters,
            DiskBreakers breakers,
            ThreadFactory threads,
            LongSupplier elapsed) {
        return new FileEventLog(
                disk, directory, options, deadLetters, breakers, threads, () -> 0, elapsed, null, List.of());
    }
}
