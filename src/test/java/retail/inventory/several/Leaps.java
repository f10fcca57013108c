package retail.inventory.several;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.several.KeyedClients.Sale;

/**
 * The wall clock of a service leaps under keyed load, hours, days and a month; then it is killed and started with a clock that
 * is wrong by a day. Its log begins with events that are stamped a month ahead.
 */
final class Leaps {

    private static final long TTL_MS = 3000;
    private static final long BETWEEN_LEAPS_MS = 1200;
    private static final Duration MONTH = Duration.ofDays(31);
    private static final List<Duration> LEAPS = List.of(
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ofHours(-1),
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ZERO,
            MONTH,
            Duration.ZERO);
    private static final int EVENTS = 6000;
    private static final int AHEAD = 5;
    private static final int SEGMENT_BYTES = 1 << 16;
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(60);
    private static final long SOME_PASSES_MS = 7000; // compaction looks every two seconds
    private static final int KEYS_AT_THE_END = 20;

    private final Path dataDir;
    private final SetClock clock;
    private final Findings findings;
    private final KeyedClients clients;
    private int released;
    private int leaps;
    private double leftAfter;

    private Leaps(Path dataDir, SetClock clock, Findings findings) {
        this.dataDir = dataDir;
        this.clock = clock;
        this.findings = findings;
        this.clients = new KeyedClients(TTL_MS, findings);
    }

    /** About so many seconds of it, with a library that sets the clock; what came of it in a sentence. */
    static String run(Path directory, int seconds, Path library, Findings findings) throws IOException {
        try (SetClock clock = new SetClock(library, directory.resolve("offset"))) {
            return new Leaps(Files.createDirectories(directory.resolve("data")), clock, findings).run(seconds);
        }
    }

    private String run(int seconds) throws IOException {
        writeLog();
        List<Sale> latest;
        try (ServiceProcess service = launch()) {
            latest = underLoad(service, seconds);
            service.kill();
        }
        set(Duration.ofDays(1));
        try (ServiceProcess service = launch()) {
            afterAStart(new Client(service.uri()), latest);
        }
        return "%s; %,d leaps of the clock; %d of %d segments left within %.1f s, %d are archived"
                .formatted(clients, leaps, released, released, leftAfter, files("archive", ".gz"));
    }

    /** The latest changes. */
    private List<Sale> underLoad(ServiceProcess service, int seconds) throws IOException {
        int segments = files("wal", ".jsonl");
        Client client = new Client(service.uri());
        long began = System.nanoTime();
        clients.during(client, () -> {
            while (Moments.secondsSince(began) < seconds) {
                set(LEAPS.get(leaps % LEAPS.size()));
                Moments.pause(BETWEEN_LEAPS_MS);
            }
        });
        boolean left = Moments.within(LEAVES_WITHIN, () -> files("wal", ".jsonl") == 1);
        leftAfter = Moments.secondsSince(began);
        findings.require(
                left,
                Kind.OTHER,
                files("wal", ".jsonl") + " segments are in wal/, and problems "
                        + client.get("/health/readiness").text("problems"));
        released = segments - 1;
        set(MONTH);
        Moments.pause(SOME_PASSES_MS);
        requireArchive("a month ahead");
        requireTold(service);
        clients.check(client);
        List<Sale> latest = new ArrayList<>();
        for (int i = 0; i < KEYS_AT_THE_END; i++) {
            latest.add(clients.sell(client));
        }
        set(Duration.ofDays(-1));
        latest.add(clients.sell(client));
        return latest;
    }

    /** The time without a process does not count. */
    private void afterAStart(Client client, List<Sale> latest) throws IOException {
        for (Sale sale : latest) {
            clients.repeat(client, sale);
        }
        Moments.pause(Math.max(TTL_MS + 1000, SOME_PASSES_MS));
        for (Sale sale : latest) {
            clients.sellAnew(client, sale);
        }
        requireArchive("a day ahead, after a start");
        clients.check(client);
        clients.requireAnswers(leaps);
    }

    private void set(Duration ahead) throws IOException {
        leaps++;
        clock.set(ahead);
    }

    private ServiceProcess launch() throws IOException {
        Map<String, String> settings = new HashMap<>(clock.settings());
        settings.put("IDEMP_TTL_MS", Long.toString(TTL_MS));
        settings.put("ARCHIVE_KEEP", "30d");
        return ServiceProcess.launch(dataDir, settings);
    }

    private void requireArchive(String when) {
        int archived = files("archive", ".gz");
        findings.require(
                archived == released,
                Kind.LOST,
                "with a clock " + when + " " + archived + " of " + released + " archived segments are there");
    }

    private void requireTold(ServiceProcess service) {
        findings.require(
                service.output().stream().anyMatch(line -> line.contains("The wall clock leapt")),
                Kind.OTHER,
                "the service does not say that its clock leapt");
    }

    private int files(String directory, String end) {
        String[] names = dataDir.resolve(directory).toFile().list((_, name) -> name.endsWith(end));
        return names == null ? 0 : names.length;
    }

    /** A log of small segments whose first events are stamped a month ahead. */
    private void writeLog() throws IOException {
        Semaphore open = new Semaphore(100);
        FileEventLog.Options small = new FileEventLog.Options(SEGMENT_BYTES, 1 << 20, 1000, false, null);
        try (FileEventLog log =
                new FileEventLog(new RealDisk(), dataDir.resolve("wal"), small, (reason, place, bytes) -> {
                    throw new IOException(reason);
                })) {
            log.open(0, Duration.ZERO, event -> {});
            long nowMs = System.currentTimeMillis();
            for (int i = 1; i <= EVENTS; i++) {
                long atMs = i <= AHEAD ? nowMs + MONTH.toMillis() : nowMs - EVENTS + i;
                open.acquireUninterruptibly();
                log.append(event(i, atMs), answer -> open.release());
            }
        }
    }

    private static Event event(int number, long atMs) {
        return Events.event(
                Event.NOT_YET, new UUID(7, number), atMs, Event.ADJUST, "S0", "old", 1, null, number, number, null);
    }

    /** The wall clock of processes, set while they run: a file that {@code src/test/c/set-clock.c} reads. */
    private static final class SetClock implements AutoCloseable {

        private final Path library;
        private final Path file;
        private final FileChannel offset;

        SetClock(Path library, Path file) throws IOException {
            this.library = library;
            this.file = file;
            this.offset = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            set(Duration.ZERO);
        }

        /** The settings of a process that has this clock. */
        Map<String, String> settings() {
            return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET_FILE", file.toString());
        }

        /** From now on it is so much ahead of the right time. */
        void set(Duration ahead) throws IOException {
            ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(0, ahead.toSeconds());
            offset.write(seconds, 0);
        }

        @Override
        public void close() throws IOException {
            offset.close();
        }
    }
}
