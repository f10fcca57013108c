package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.RealDisk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;

/** A process starts beside others that write, begin segments and archive them meanwhile: it has all that was durable. */
class StartBesideTest {

    private static final int PER_SEGMENT = 4;
    private static final int STARTS = 40;
    private static final int ROUNDS_PER_START = 20;

    @TempDir
    Path directory;

    private final Neighbours neighbours = new Neighbours();
    private final List<FileEventLog> open = new ArrayList<>();
    private int written;

    @AfterEach
    void close() {
        open.forEach(FileEventLog::close);
    }

    @Test
    void whatIsWrittenBetweenItsLooksIsNoLoss() throws Exception {
        SimDisk disk = new SimDisk();
        FileEventLog other = start(disk, LogOnDisk.DIRECTORY, new ArrayList<>());
        write(other, 10);
        List<Event> read = startWhile(disk, (operation, file) -> write(other, 1));
        requireAll(read, written);
    }

    @Test
    void allGoOnInTheRoomThatAKilledProcessLeft() throws Exception {
        SimDisk killed;
        SimDisk disk = new SimDisk();
        try (LogOnDisk alone = LogOnDisk.open(disk)) {
            write(alone.log(), 1);
            killed = disk.kill();
        }
        int size = killed.read(LogOnDisk.segment(1)).length;
        assertThat(size).isGreaterThan(100_000);

        start(killed, LogOnDisk.DIRECTORY, new ArrayList<>()).close();
        FileEventLog first = start(killed, LogOnDisk.DIRECTORY, new ArrayList<>());
        FileEventLog second = start(killed, LogOnDisk.DIRECTORY, new ArrayList<>());
        write(second, 1);
        write(first, 1);
        write(second, 1);

        assertThat(killed.read(LogOnDisk.segment(1)))
                .as("still within the room")
                .hasSize(size);
        assertThat(Segments.firsts(Segments.of(killed)))
                .as("a segment of so few bytes is full then")
                .containsExactly(1L, 3L);
        LogOnDisk.requireEvents(killed.copy(), 1, 2, 3, 4);
    }

    @Test
    void segmentsThatOthersBeginBetweenItsLooksAreRead() throws Exception {
        SimDisk disk = new SimDisk();
        FileEventLog other = start(disk, LogOnDisk.DIRECTORY, new ArrayList<>());
        write(other, 10);
        List<Event> read = startWhile(disk, (operation, file) -> write(other, 2 * PER_SEGMENT));
        requireAll(read, written);
    }

    @Test
    void segmentsThatOthersArchiveBetweenItsLooksAreRead() throws Exception {
        SimDisk disk = new SimDisk();
        FileEventLog other = start(disk, LogOnDisk.DIRECTORY, new ArrayList<>());
        write(other, 10 * PER_SEGMENT);
        int[] released = {0};
        List<Event> read = startWhile(disk, (operation, file) -> {
            if (file.toString().endsWith(".jsonl")) {
                released[0] += PER_SEGMENT;
                release(other, released[0]);
            }
        });
        assertThat(Segment.listArchived(disk, Segment.archiveOf(LogOnDisk.DIRECTORY)))
                .isNotEmpty();
        requireAll(read, written);
    }

    /** The looks of a start at the mark are the last before it takes in what came meanwhile. */
    @Test
    void whatOthersWriteAndArchiveAfterItsLookAtTheMarkIsReadFromTheArchive() throws Exception {
        SimDisk disk = new SimDisk();
        FileEventLog other = start(disk, LogOnDisk.DIRECTORY, new ArrayList<>());
        write(other, PER_SEGMENT);
        int[] times = {0};
        List<Event> read = startWhile(disk, (operation, file) -> {
            if (file.endsWith("durable") && times[0]++ < 5) {
                write(other, 5 * PER_SEGMENT);
                release(other, written - PER_SEGMENT);
            }
        });
        assertThat(times[0]).isGreaterThan(1);
        requireAll(read, written);
    }

    /** On a real disk, as it happens to come; so much for each start that the log stays short when starts are slow. */
    @Test
    void startsAgainAndAgainWhileOthersWriteAndArchive() throws Exception {
        Path wal = directory.resolve("wal");
        FileEventLog other = start(new RealDisk(), wal, new ArrayList<>());
        write(other, 10 * PER_SEGMENT);
        AtomicBoolean enough = new AtomicBoolean();
        Semaphore rounds = new Semaphore(0);
        Thread busy = Thread.ofPlatform().start(() -> {
            for (rounds.acquireUninterruptibly(); !enough.get(); rounds.acquireUninterruptibly()) {
                write(other, 2 * PER_SEGMENT);
                release(other, other.durableSequence() - PER_SEGMENT);
            }
        });
        try {
            for (int i = 0; i < STARTS; i++) {
                List<Event> read = new ArrayList<>();
                long before = other.durableSequence();
                rounds.release(ROUNDS_PER_START);
                start(new RealDisk(), wal, read).close();
                assertThat(read).hasSizeGreaterThanOrEqualTo((int) before);
                requireAll(read, read.size());
            }
        } finally {
            enough.set(true);
            rounds.release();
            busy.join();
        }
    }

    /** A start, before each of whose looks at a file something happens. */
    private List<Event> startWhile(SimDisk disk, DiskHook happening) throws IOException {
        Thread starting = Thread.currentThread();
        boolean[] inside = {false};
        disk.hook((operation, file) -> {
            if (operation == Operation.OPEN && Thread.currentThread() == starting && !inside[0]) {
                inside[0] = true;
                happening.before(operation, file);
                inside[0] = false;
            }
        });
        List<Event> read = new ArrayList<>();
        FileEventLog started = start(disk, LogOnDisk.DIRECTORY, read);
        disk.hook(DiskHook.NONE);
        started.catchUp();
        return read;
    }

    private FileEventLog start(Disk disk, Path wal, List<Event> read) {
        FileEventLog log = neighbours.log(disk, wal, LogOnDisk.keeping(null), (reason, place, bytes) -> {
            throw new IOException(reason);
        });
        log.open(0, Duration.ZERO, read::add);
        open.add(log);
        return log;
    }

    private void write(FileEventLog log, int events) {
        for (int i = 0; i < events; i++) {
            CompletableFuture<Appended> answer = new CompletableFuture<>();
            Neighbours.append(log, LogOnDisk.event(++written), answer::complete);
            assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join()).isInstanceOf(Appended.Durable.class);
        }
    }

    private static void release(FileEventLog log, long through) {
        log.release(through, Duration.ZERO, nanos -> {});
    }

    private static void requireAll(List<Event> read, int count) {
        assertThat(read.stream().map(Event::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }
}
