package retail.inventory.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.Disk;
import retail.inventory.files.RealDisk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.journal.file.Neighbours;

/** The log in files, on the operating system's disk and on the simulated one, with large and with tiny segments. */
class FileEventLogContractTest {

    private static final DeadLetters NONE = (reason, place, bytes) -> {};

    @Nested
    class OnARealDisk extends EventLogContract {
        @TempDir
        private Path directory = Path.of("");

        @Override
        EventLog log() {
            return FileEventLogContractTest.log(new RealDisk(), directory.resolve("wal"), 64 << 20);
        }
    }

    @Nested
    class OnARealDiskInTinySegments extends EventLogContract {
        @TempDir
        private Path directory = Path.of("");

        @Override
        EventLog log() {
            return FileEventLogContractTest.log(new RealDisk(), directory.resolve("wal"), 1000);
        }
    }

    @Nested
    class OnASimulatedDisk extends EventLogContract {
        private final SimDisk disk = new SimDisk();

        @Override
        EventLog log() {
            return FileEventLogContractTest.log(disk, Path.of("/wal"), 1000);
        }
    }

    @Nested
    class SharedWithOthers extends EventLogContract {
        private final SimDisk disk = new SimDisk();
        private final Neighbours neighbours = new Neighbours();

        @Override
        EventLog log() {
            return neighbours.log(disk, Path.of("/wal"), options(1000), NONE);
        }
    }

    private static EventLog log(Disk disk, Path directory, long segmentBytes) {
        return new FileEventLog(disk, directory, options(segmentBytes), NONE);
    }

    private static FileEventLog.Options options(long segmentBytes) {
        return new FileEventLog.Options(segmentBytes, 1 << 20, 1, false, null);
    }
}
