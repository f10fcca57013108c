package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.Events;
import retail.inventory.journal.LogUnavailableException;

/** A log in files on a simulated disk, and what a reader of it got. */
final class LogOnDisk implements AutoCloseable {

    static final Path DIRECTORY = Path.of("/data/wal");
    static final Path DEAD_LETTERS = Path.of("/data/dead-letter");
    static final Path MARK = DIRECTORY.resolve("durable");
    static final FileEventLog.Options OPTIONS = new FileEventLog.Options(64L << 20, 1 << 20, 1, false, null);
    static final FileEventLog.Options QUARANTINE = new FileEventLog.Options(64L << 20, 1 << 20, 1, true, null);

    /** Every event that is in the log is wanted for its time. */
    private static final Duration ALL = Duration.ofDays(36_500);

    private final FileEventLog log;
    private final List<Event> read = new ArrayList<>();
    private final List<Integer> answered = Collections.synchronizedList(new ArrayList<>());
    private final EventLog.Recovered recovered;

    private LogOnDisk(
            Disk disk,
            FileEventLog.Options options,
            long after,
            Duration keysLive,
            LongSupplier nanoTime,
            BatchObserver... observers) {
        FileDeadLetters letters = new FileDeadLetters(disk, DEAD_LETTERS, () -> Instant.EPOCH);
        log = new FileEventLog(
                disk,
                DIRECTORY,
                options,
                letters,
                ImpatientBreakers.create(),
                LogWriter.PLATFORM,
                nanoTime,
                nanoTime,
                null,
                List.of(observers));
        recovered = log.open(after, keysLive, read::add);
    }

    static LogOnDisk open(Disk disk) {
        return open(disk, OPTIONS);
    }

    static LogOnDisk open(Disk disk, FileEventLog.Options options) {
        return new LogOnDisk(disk, options, 0, ALL, System::nanoTime);
    }

    /** One whose batches somebody is told of. */
    static LogOnDisk openWatched(Disk disk, BatchObserver... observers) {
        return new LogOnDisk(disk, OPTIONS, 0, ALL, System::nanoTime, observers);
    }

    static LogOnDisk openAfter(Disk disk, long after) {
        return new LogOnDisk(disk, OPTIONS, after, ALL, System::nanoTime);
    }

    /** A start that wants nothing for its time. */
    static LogOnDisk openOnlyAfter(Disk disk, long after, FileEventLog.Options options) {
        return openOnlyAfter(disk, after, options, System::nanoTime);
    }

    /** The same with elapsed time of the test's. */
    static LogOnDisk openOnlyAfter(Disk disk, long after, FileEventLog.Options options, LongSupplier nanoTime) {
        return new LogOnDisk(disk, options, after, Duration.ZERO, nanoTime);
    }

    /** A log of tiny segments that keeps archived ones so long. */
    static FileEventLog.Options keeping(@Nullable Duration archiveKeep) {
        return new FileEventLog.Options(520, 1 << 20, 1, false, archiveKeep);
    }

    static FileEventLog.Options segmentsOf(long bytes) {
        return new FileEventLog.Options(bytes, 1 << 20, 1, false, null);
    }

    /** A disk with events 1 to n in one segment, each in a batch of its own, and the mark. */
    static SimDisk written(int events) {
        return written(events, OPTIONS);
    }

    static SimDisk written(int events, FileEventLog.Options options) {
        SimDisk disk = new SimDisk();
        write(disk, events, options);
        return disk;
    }

    /** The same on a disk that is there. */
    static void write(SimDisk disk, int events, FileEventLog.Options options) {
        try (LogOnDisk log = open(disk, options)) {
            for (int i = 1; i <= events; i++) {
                log.appendDurably(event(i));
            }
        }
    }

    static Event event(int number) {
        return Events.event(
                Event.NOT_YET,
                new UUID(7, number),
                1_700_000_000_000L + number,
                number % 2 == 0 ? Event.RESERVE : Event.ADJUST,
                "STORE001",
                "SKU " + number % 3,
                number,
                number % 2 == 0 ? (long) number : null,
                100 + number,
                number,
                number % 2 == 0 ? new Event.KeyedRequest("key-" + number, "f" + number) : null);
    }

    /** Event n as it is read back. */
    static Event logged(int number) {
        return event(number).at(number);
    }

    static List<Event> logged(int from, int to) {
        List<Event> events = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            events.add(logged(i));
        }
        return events;
    }

    static Path segment(long first) {
        return Segment.startingAt(first, DIRECTORY).file();
    }

    /** The lines of a file, each with its line end; room behind them is none. */
    static List<byte[]> lines(Disk disk, Path file) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        byte[] content = disk.read(file);
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                if (i > start) {
                    lines.add(Arrays.copyOfRange(content, start, i + 1));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    static byte[] join(List<byte[]> lines) {
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> all.append(new String(line, StandardCharsets.ISO_8859_1)));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    FileEventLog log() {
        return log;
    }

    List<Event> read() {
        return read;
    }

    EventLog.Recovered recovered() {
        return recovered;
    }

    CompletableFuture<Appended> append(Event event) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        log.append(event, answer::complete);
        return answer;
    }

    Appended appendAndWait(Event event) {
        return append(event).orTimeout(1, TimeUnit.MINUTES).join();
    }

    long appendDurably(Event event) {
        return ((Appended.Durable) appendAndWait(event)).sequence();
    }

    /** Appends events from one number to another; {@link #answered} has their numbers in the order of the answers. */
    List<CompletableFuture<Appended>> appendAll(int from, int to) {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            int number = i;
            CompletableFuture<Appended> answer = new CompletableFuture<>();
            log.append(event(number), outcome -> {
                answered.add(number);
                answer.complete(outcome);
            });
            answers.add(answer);
        }
        return answers;
    }

    List<Integer> answered() {
        return answered;
    }

    /** Nobody needs the events up to a sequence any more. */
    void release(long through) {
        log.release(through, Duration.ZERO, nanos -> {});
    }

    void refuses(LogUnavailableException.Cause cause) {
        for (ThrowingCallable asked : List.<ThrowingCallable>of(() -> append(event(12_345)), log::requireTaking)) {
            assertThatThrownBy(asked)
                    .isInstanceOfSatisfying(
                            LogUnavailableException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(cause));
        }
    }

    static void requireEvents(SimDisk disk, Integer... numbers) {
        try (LogOnDisk log = open(disk)) {
            assertThat(log.read().stream().map(event -> (int) event.eventId().getLeastSignificantBits()))
                    .containsExactly(numbers);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
