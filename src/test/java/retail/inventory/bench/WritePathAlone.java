package retail.inventory.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import retail.inventory.background.DiskBreakers;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Tasks;
import retail.inventory.service.Answer;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;

/** A whole write path on a directory of its own, without HTTP and without a central view. SKUs are numbers from 0. */
record WritePathAlone(EventLog log, InventoryFileWriter writer, InventoryService service, Path directory)
        implements AutoCloseable {

    static final int STORES = 20;

    /** Recovers what is in a data directory; events get their time from the clock. */
    static WritePathAlone open(Path directory, InstantSource clock) throws IOException {
        Files.createDirectories(directory);
        RealDisk disk = new RealDisk();
        InventoryTable table = new InventoryTable();
        InventoryFiles files = new InventoryFiles(disk, directory.resolve("inventory"), table);
        FileEventLog log = new FileEventLog(
                disk, directory.resolve("wal"), FileEventLog.Options.DEFAULT, (reason, place, bytes) -> {
                    throw new IOException(reason);
                });
        Idempotency idempotency = new Idempotency(log, System::nanoTime, 1000, 1000, 10_000);
        InventoryService service = new InventoryService(log, table, idempotency, clock, 10_000);
        InventoryFileWriter writer = new InventoryFileWriter(
                files, new DiskBreakers(DiskBreakers.Settings.DEFAULT).forRepeatable("inventory-files"));
        new Recovery(files, log, table, idempotency).run(service, writer);
        return new WritePathAlone(log, writer, service, directory);
    }

    /** Creates SKUs 0 to {@code skus}, exclusive. */
    void fill(int skus, int threads) throws IOException {
        Tasks.numbered(skus, threads, i -> adjust(i, 1000));
    }

    /** One delivery to each of so many SKUs, of which each store has the same number. */
    void deliver(int skus, int threads, int stores) throws IOException {
        Tasks.numbered(skus, threads, i -> {
            String sku = stores == skus ? "SKU" : "SKU" + i;
            requireAccepted(service.adjust(new StockKey(store(i % stores, stores), sku), 5, null, null));
        });
    }

    /** The name of a store of so many, in no order. */
    static String store(int number, int stores) {
        return "STORE" + Math.floorMod(number * 7919L, stores);
    }

    /** Writes to the first SKUs at random. */
    void writeAtRandom(int events, int threads, int skus) throws IOException {
        Tasks.numbered(events, threads, _ -> adjust(ThreadLocalRandom.current().nextInt(skus), 1));
    }

    /** One write, durable when this returns. */
    void adjust(int sku, long delta) {
        requireAccepted(service.adjust(key(sku), delta, null, null));
    }

    static void requireAccepted(Answer answer) {
        if (!(answer instanceof Answer.Accepted)) {
            throw new AssertionError(answer);
        }
    }

    /** Waits until the inventory files have caught up, so that only the table itself is on the heap. */
    void awaitFiles() throws IOException {
        while (!filesCover(directory, log.durableSequence())) {
            Moments.pause(100);
        }
    }

    /** Whether the inventory files of a data directory are complete through exactly this sequence. */
    static boolean filesCover(Path directory, long sequence) throws IOException {
        Path checkpoint = directory.resolve("inventory/checkpoint");
        return Files.exists(checkpoint) && Files.readString(checkpoint).contains("\"through\":" + sequence + ",");
    }

    /** Lets the inventory files catch up without pauses, then leaves them as they are. */
    void finishFiles() {
        writer.close();
    }

    @Override
    public void close() {
        finishFiles();
        log.close();
    }

    /** The SKU of a number; texts of all numbers have the same length. */
    static StockKey key(int i) {
        return new StockKey("STORE" + (10 + i % STORES), "SKU" + (1_000_000 + i / STORES));
    }
}
