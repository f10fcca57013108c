package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import retail.inventory.lab.ServiceProcess;

/**
 * A data directory as a busy service leaves it when it is killed: inventory files and a central snapshot that cover the
 * creation of every SKU, and a tail of events that only the log has.
 *
 * @param copy of what starts change
 */
record StoredStock(Path data, Path copy) {

    /** So many that a commit has thousands of events; few enough for the log's queue. */
    private static final int THREADS = 2_000;

    /**
     * So much time passes from one event to the next, however fast they are made. A start reads the log as far back as
     * idempotency keys live, five minutes by default, by the times of the log: of events that were made in a moment it would
     * read all.
     */
    private static final long STEP_MS = 20;

    private static final List<String> CHANGING = List.of("inventory", "central");

    /** Makes one in an empty directory. */
    static StoredStock prepare(Path directory, int skus, int tail, PrintStream progress) throws IOException {
        Path data = directory.resolve("data");
        AtomicLong nowMs = new AtomicLong(System.currentTimeMillis() - (skus + tail) * STEP_MS);
        InstantSource clock = () -> Instant.ofEpochMilli(nowMs.addAndGet(STEP_MS));
        try (WritePathAlone service = WritePathAlone.open(data, clock)) {
            service.fill(skus, THREADS);
        }
        require(WritePathAlone.filesCover(data, skus), "the inventory files do not cover all SKUs");
        progress.printf("prepared: %,d SKUs and their inventory files%n", skus);

        try (ServiceProcess service = ServiceProcess.launchMeasured(List.of(), ServiceProcess.JAR, data, Map.of())) {
            URI _ = service.uri(StartTimes.READY_MAX);
            int _ = service.terminate(); // which writes the snapshot at once; a running service writes it slowly
        }
        Path snapshot = data.resolve(String.format("central/central-%020d.json", skus));
        require(Files.exists(snapshot), "there is no " + snapshot);
        progress.printf("prepared: the central snapshot%n");

        try (WritePathAlone service = WritePathAlone.open(data, clock)) {
            service.finishFiles();
            service.writeAtRandom(tail, THREADS, skus);
        }
        require(WritePathAlone.filesCover(data, skus), "the inventory files cover the tail");
        progress.printf("prepared: %,d events that only the log has%n", tail);

        StoredStock stock = new StoredStock(data, directory.resolve("copy"));
        for (String name : CHANGING) {
            Files.createDirectories(stock.copy.resolve(name));
            mirror(data.resolve(name), stock.copy.resolve(name));
        }
        return stock;
    }

    /** Makes it as it was. */
    void restore() throws IOException {
        for (String name : CHANGING) {
            mirror(copy.resolve(name), data.resolve(name));
        }
    }

    /** Makes a flat directory like another; only what differs is written, so that the disk is not busy for long. */
    private static void mirror(Path from, Path to) throws IOException {
        for (Path file : files(to)) {
            if (!Files.exists(from.resolve(file.getFileName()))) {
                Files.delete(file);
            }
        }
        for (Path file : files(from)) {
            Path other = to.resolve(file.getFileName());
            if (!Files.exists(other)
                    || Files.size(file) != Files.size(other)
                    || !Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(other))) {
                Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
