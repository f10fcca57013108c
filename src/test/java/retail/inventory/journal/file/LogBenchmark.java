package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.Submitter;

/**
 * The inner path of the log: a line written and read, an event from its append until it is durable, and the start. The log
 * is in the directory {@code inventory.bench.directory}; how long a sync takes there decides what the third one shows.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LogBenchmark {

    private static final int LINES = 1024;
    private static final int WAITING = 64;
    private static final int RECOVERED = 500_000;

    /** As the service writes them, half with an idempotency key. */
    private static Event event(long sequence) {
        UUID id = new UUID(
                ThreadLocalRandom.current().nextLong(),
                ThreadLocalRandom.current().nextLong());
        Event.KeyedRequest request =
                sequence % 2 == 0 ? null : new Event.KeyedRequest("order-" + sequence, "a41f5c0b2d3e4f60");
        String sku = "SKU" + (100_000 + sequence % 100_000);
        return Events.event(
                0, id, 1_795_000_000_000L + sequence, Event.ADJUST, "STORE001", sku, 1, null, 9, 3, request);
    }

    /** Lines of the log, each with its line end. */
    @State(Scope.Thread)
    public static class Lines {
        private final LineEncoder encoder = new LineEncoder();
        private final LineDecoder decoder = new LineDecoder();
        private final Event[] events = new Event[LINES];
        private final byte[][] lines = new byte[LINES][];

        /** Encodes each once. */
        @Setup
        public void encode() {
            for (int i = 0; i < LINES; i++) {
                events[i] = event(i);
                encoder.clear();
                encoder.event(i + 1, LineEncoder.NO_CLAIM, events[i]);
                ByteBuffer line = encoder.bytes();
                lines[i] = new byte[line.remaining() - 1];
                line.get(lines[i]);
            }
        }
    }

    /** An open log in a directory of its own. */
    @State(Scope.Benchmark)
    public static class OpenLog {
        private final Path directory = newDirectory();
        private final FileEventLog log = log(directory);

        /** Opens it. */
        @Setup
        public void open() {
            log.open(0, Duration.ZERO, event -> {});
        }

        /** Closes and deletes it. */
        @TearDown
        public void close() throws IOException {
            log.close();
            delete(directory);
        }
    }

    /** A closed log with events. */
    @State(Scope.Benchmark)
    public static class WrittenLog {
        private final Path directory = newDirectory();

        /** Writes it. */
        @Setup(Level.Trial)
        public void write() throws Exception {
            try (FileEventLog log = log(directory)) {
                log.open(0, Duration.ZERO, event -> {});
                for (int i = 1; i <= RECOVERED; i++) {
                    CompletableFuture<Void> durable = new CompletableFuture<>();
                    log.append(event(i), new Waiter(durable));
                    if (i % 10_000 == 0) {
                        durable.get(); // no more at once than may wait
                    }
                }
            }
        }

        /** Deletes it. */
        @TearDown
        public void delete() throws IOException {
            LogBenchmark.delete(directory);
        }
    }

    private record Waiter(CompletableFuture<Void> durable) implements Submitter {
        @Override
        public void accept(Appended outcome) {
            if (outcome instanceof Appended.Durable) {
                durable.complete(null);
            } else {
                durable.completeExceptionally(new IOException(outcome.toString()));
            }
        }
    }

    /** Lines written per second. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public ByteBuffer encode(Lines lines) {
        lines.encoder.clear();
        for (int i = 0; i < LINES; i++) {
            lines.encoder.event(i + 1, LineEncoder.NO_CLAIM, lines.events[i]);
        }
        return lines.encoder.bytes();
    }

    /** Lines read per second. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public long decode(Lines lines) throws LineDecoder.DamagedLineException {
        long sum = 0;
        for (byte[] line : lines.lines) {
            sum += lines.decoder.decode(line, 0, line.length).sequence();
        }
        return sum;
    }

    /** Events per second that 64 threads append, each waiting until its own is durable. */
    @Benchmark
    @Threads(WAITING)
    public void appendUntilDurable(OpenLog log) throws Exception {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        log.log.append(event(ThreadLocalRandom.current().nextInt(1 << 20)), new Waiter(durable));
        durable.get();
    }

    /** Events per second that a start reads. */
    @Benchmark
    @OperationsPerInvocation(RECOVERED)
    public long recover(WrittenLog written) {
        long[] count = {0};
        try (FileEventLog log = log(written.directory)) {
            log.open(0, Duration.ZERO, event -> count[0]++);
        }
        if (count[0] != RECOVERED) {
            throw new IllegalStateException("read " + count[0] + " events");
        }
        return count[0];
    }

    private static FileEventLog log(Path directory) {
        return new FileEventLog(
                new RealDisk(), directory.resolve("wal"), FileEventLog.Options.DEFAULT, (reason, place, bytes) -> {
                    throw new IOException(reason);
                });
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(
                    Path.of(System.getProperty("inventory.bench.directory", "target")), "log-benchmark");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
