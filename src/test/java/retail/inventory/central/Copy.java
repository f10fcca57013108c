package retail.inventory.central;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import retail.inventory.background.DiskBreaker;
import retail.inventory.background.DiskBreakers;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.Disk;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventFeed;
import retail.inventory.stock.InventoryRecord;

/** The parts of a central copy on a disk, put together as the service does it. */
public final class Copy implements AutoCloseable {

    static final Path DATA = Path.of("/data");
    static final Path SNAPSHOTS = DATA.resolve(CentralFiles.SNAPSHOTS);
    static final Path LETTERS = DATA.resolve(CentralFiles.LETTERS);
    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    static final long BOUND_MS = 50;
    private static final long INTERVAL_MS = 10;
    private static final long NO_SNAPSHOT_WHILE_RUNNING = 1_000_000;
    private static final long A_DAY_MS = 86_400_000;

    public final CentralInventory view = new CentralInventory();
    final CentralDeadLetters letters;
    final CentralSnapshots snapshots;
    public final SyncWorker worker;
    final SnapshotWriter writer;
    final DiskBreaker saving;
    public final Central central;
    public final FakeStores stores = new FakeStores();

    Copy(Disk disk, EventFeed feed) {
        this(disk, feed, INTERVAL_MS);
    }

    Copy(Disk disk, EventFeed feed, long intervalMs) {
        this(disk, feed, intervalMs, ImpatientBreakers.create());
    }

    Copy(Disk disk, EventFeed feed, long intervalMs, DiskBreakers breakers) {
        this(disk, feed, intervalMs, breakers, Thread.ofPlatform().factory());
    }

    Copy(Disk disk, EventFeed feed, long intervalMs, DiskBreakers breakers, ThreadFactory threads) {
        this(disk, feed, intervalMs, breakers, threads, RoleLock.alone("central"));
    }

    /** A copy of one of several processes. */
    Copy(Disk disk, EventFeed feed, RoleLock role) {
        this(
                disk,
                feed,
                INTERVAL_MS,
                ImpatientBreakers.create(),
                Thread.ofPlatform().factory(),
                role);
    }

    private Copy(
            Disk disk, EventFeed feed, long intervalMs, DiskBreakers breakers, ThreadFactory threads, RoleLock role) {
        letters =
                new CentralDeadLetters(disk, LETTERS, InstantSource.fixed(NOW), breakers.forRepeatable("dead-letters"));
        saving = breakers.forRepeatable("snapshots");
        snapshots = new CentralSnapshots(disk, SNAPSHOTS);
        worker = new SyncWorker(
                feed, new EventApplier(view, letters, feed), InstantSource.fixed(NOW), intervalMs, BOUND_MS, threads);
        writer = new SnapshotWriter(snapshots, view, worker, NO_SNAPSHOT_WHILE_RUNNING, saving, A_DAY_MS, threads);
        central = new Central(view, worker, writer, letters, new CentralRecovery(view, snapshots, feed, stores), role);
    }

    /** The stores' own records, as a test gives them. */
    static final class FakeStores implements StoreRecords {
        private volatile long through;
        private volatile List<InventoryRecord> records = List.of();

        void have(long sequence, InventoryRecord... now) {
            records = List.of(now);
            through = sequence;
        }

        @Override
        public long through() {
            return through;
        }

        @Override
        public void forEach(Consumer<List<InventoryRecord>> some) {
            some.accept(records);
        }
    }

    /** A copy that has what is durable. */
    static Copy started(Disk disk, EventFeed feed) {
        Copy copy = new Copy(disk, feed);
        copy.central.start(false);
        return copy;
    }

    void save() throws IOException {
        snapshots.save(
                view,
                worker.position(),
                worker.feed().logId(),
                LogEvidence.at(worker.feed(), worker.position()),
                nanos -> {});
    }

    /** SKU = quantity @ version, of all stores. */
    Map<String, String> stock() {
        return stock(view);
    }

    static Map<String, String> stock(CentralInventory view) {
        Map<String, String> stock = new TreeMap<>();
        for (String storeId : view.stores()) {
            for (Entry entry : view.page(storeId, null, Integer.MAX_VALUE)) {
                stock.put(storeId + "/" + entry.sku(), entry.qty() + "@" + entry.version());
            }
        }
        return stock;
    }

    /** Sequences of the open letters. */
    List<Long> dead() {
        return new ArrayList<>(
                letters.page(0, Integer.MAX_VALUE).stream().map(Letter::id).toList());
    }

    @Override
    public void close() {
        central.close();
    }
}
