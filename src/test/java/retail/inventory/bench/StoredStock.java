package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import retail.inventory.lab.ServiceProcess;

/**
 * A data directory as a busy service leaves it when it is killed: inventory files and a central snapshot that cover the
 * creation of every SKU, and a tail of events that only the log has.
 */
final class StoredStock {

    /** So many that a commit has thousands of events; few enough for the log's queue. */
    private static final int THREADS = 2_000;

    /**
     * So much time passes from one event to the next, however fast they are made. A start reads the log as far back as
     * idempotency keys live, five minutes by default, by the times of the log: of events that were made in a moment it would
     * read all.
     */
    private static final long STEP_MS = 20;

    private StoredStock() {}

    /** Makes one in an empty directory. */
    static void prepare(Path data, int skus, int tail, PrintStream progress) throws IOException, InterruptedException {
        AtomicLong nowMs = new AtomicLong(System.currentTimeMillis() - (skus + tail) * STEP_MS);
        InstantSource clock = () -> Instant.ofEpochMilli(nowMs.addAndGet(STEP_MS));
        try (WritePathAlone service = WritePathAlone.open(data, clock)) {
            service.fill(skus, THREADS);
        }
        require(WritePathAlone.filesCover(data, skus), "the inventory files do not cover all SKUs");
        progress.printf("prepared: %,d SKUs and their inventory files%n", skus);

        try (ServiceProcess service = ServiceProcess.launchMeasured(List.of(), ServiceProcess.JAR, data, Map.of())) {
            URI _ = service.uri(Duration.ofMinutes(3));
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
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
