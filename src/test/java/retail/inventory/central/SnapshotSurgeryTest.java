package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * What a start makes of snapshots whose bytes something changed, with a real log: always what the log says, by the
 * snapshot before, by the log from its beginning, or by the stores' records where the log no longer has it.
 */
class SnapshotSurgeryTest {

    private static final Path WAL = Copy.DATA.resolve("wal");
    private static final int OLDER = 6;
    private static final int NEWER = 9;
    private static final List<InventoryRecord> NO_STORES = List.of();
    private static final Path OLDER_FILE = file(OLDER);
    private static final Path NEWER_FILE = file(NEWER);

    private final SimDisk withTheLog = new SimDisk();
    private final SimDisk compacted;
    private final Map<String, String> told;
    private final List<InventoryRecord> records = new ArrayList<>();

    SnapshotSurgeryTest() throws IOException {
        try (FileEventLog log = open(withTheLog, 0);
                Copy copy = Copy.started(withTheLog, log)) {
            append(log, event("a", 1), event("b", 1), event("c", 1), event("a", 2), event("b", 2), event("a", 3));
            copy.worker.sync();
            copy.save();
            append(log, event("c", 2), event("d", 1), event("a", 4));
            copy.worker.sync();
            copy.save();
            append(log, event("b", 3), event("d", 2));
            copy.worker.sync();
            told = copy.stock();
            for (CentralInventory.Entry entry : copy.view.page("S1", null, 100)) {
                records.add(new InventoryRecord(
                        new StockKey("S1", entry.sku()),
                        entry.qty(),
                        entry.version(),
                        Instant.ofEpochMilli(entry.updatedAtMs())));
            }
            compacted = withTheLog.copy();
        }
        assertThat(snapshots(compacted)).containsExactly(name(OLDER), name(NEWER));
        try (FileEventLog log = open(compacted, OLDER)) {
            log.release(OLDER, Duration.ZERO, nanos -> {});
        }
        assertThat(compacted.list(WAL).getFirst()).as("the log's beginning").isGreaterThan("00000000000000000002");
        // what a stop wrote is not wanted: the log has to go on behind the snapshots
        snapshots(withTheLog).forEach(name -> withTheLog.remove(Copy.SNAPSHOTS.resolve(name)));
        for (Path snapshot : List.of(OLDER_FILE, NEWER_FILE)) {
            withTheLog.put(snapshot, compacted.read(snapshot));
        }
    }

    @Test
    void findsEveryFlippedBitOfTheNewest() throws IOException {
        byte[] whole = withTheLog.read(NEWER_FILE);
        Surgery.report("bits of the newest", Surgery.everyBit(whole, this::requireOlderOne));
    }

    @Test
    void findsEveryCutOfTheNewest() throws IOException {
        byte[] whole = withTheLog.read(NEWER_FILE);
        Surgery.report("cuts of the newest", Surgery.everyCut(whole, this::requireOlderOne));
    }

    @Test
    void findsDroppedDoubledAndSwappedLinesOfTheNewest() throws IOException {
        byte[] whole = withTheLog.read(NEWER_FILE);
        Surgery.report("lines of the newest", Surgery.everyLine(whole, this::requireOlderOne));
    }

    @Test
    void readsTheLogWhenTheOnlyOneHasAFlippedBit() throws IOException {
        byte[] whole = withTheLog.read(OLDER_FILE);
        Surgery.report("bits of the only one", Surgery.everyBit(whole, (how, bytes) -> {
            List<String> aside = List.of(name(OLDER) + ".damaged");
            requireStock(withTheLog, NO_STORES, Map.of(OLDER_FILE, bytes), aside, how);
        }));
    }

    @Test
    void readsTheLogOrTheStoresWhenBothAreCut() throws IOException {
        byte[] newer = withTheLog.read(NEWER_FILE);
        Surgery.report("cuts of both", Surgery.everyCut(withTheLog.read(OLDER_FILE), (how, bytes) -> {
            Map<Path, byte[]> both = Map.of(OLDER_FILE, bytes, NEWER_FILE, Arrays.copyOf(newer, bytes.length));
            List<String> aside = List.of(name(OLDER) + ".damaged", name(NEWER) + ".damaged");
            requireStock(withTheLog, NO_STORES, both, aside, how);
            requireStock(compacted, records, both, aside, how);
        }));
    }

    @Test
    void needsNoSnapshotAndBelievesNoName() throws IOException {
        byte[] older = withTheLog.read(OLDER_FILE);
        byte[] newer = withTheLog.read(NEWER_FILE);
        requireStock(withTheLog, NO_STORES, Map.of(), List.of(), "none");
        requireStock(compacted, records, Map.of(), List.of(), "none, nor the log's beginning");
        for (SimDisk disk : List.of(withTheLog, compacted)) {
            requireStock(disk, NO_STORES, Map.of(OLDER_FILE, older), List.of(), "the older one");
            requireStock(disk, NO_STORES, Map.of(NEWER_FILE, newer), List.of(), "the newer one");
            requireStock(disk, NO_STORES, Map.of(OLDER_FILE, newer, NEWER_FILE, older), List.of(), "swapped");
            requireStock(disk, NO_STORES, Map.of(OLDER_FILE, older, NEWER_FILE, older), List.of(), "one twice");
        }
    }

    /** Nothing else than the older one can tell: the log no longer has its beginning, and the stores know nothing. */
    private void requireOlderOne(String how, byte[] bytes) throws IOException {
        Map<Path, byte[]> damaged = Map.of(OLDER_FILE, compacted.read(OLDER_FILE), NEWER_FILE, bytes);
        requireStock(compacted, NO_STORES, damaged, List.of(name(NEWER) + ".damaged"), how);
    }

    /** A start with these snapshots alone finds what the log says, and puts the damaged ones aside. */
    private void requireStock(
            SimDisk intact, List<InventoryRecord> stores, Map<Path, byte[]> given, List<String> aside, String how)
            throws IOException {
        SimDisk disk = intact.copy();
        snapshots(disk).forEach(name -> disk.remove(Copy.SNAPSHOTS.resolve(name)));
        given.forEach(disk::put);
        try (FileEventLog log = open(disk, intact == compacted ? OLDER : 0);
                Copy copy = new Copy(disk, log)) {
            copy.stores.have(stores.isEmpty() ? 0 : log.durableSequence(), stores.toArray(InventoryRecord[]::new));
            copy.central.start(false);
            assertThat(copy.stock()).as(how).isEqualTo(told);
            assertThat(copy.worker.position()).as(how).isEqualTo(log.durableSequence());
            assertThat(copy.dead()).as(how).isEmpty();
            assertThat(snapshots(disk).stream().filter(name -> name.endsWith(".damaged")))
                    .as(how)
                    .containsExactlyElementsOf(aside);
        }
    }

    private static FileEventLog open(SimDisk disk, long after) {
        FileEventLog.Options tiny = new FileEventLog.Options(400, 1 << 20, 1, false, Duration.ZERO);
        FileEventLog log = new FileEventLog(disk, WAL, tiny, (reason, place, bytes) -> {
            throw new AssertionError("nothing is quarantined: " + reason);
        });
        log.open(after, Duration.ZERO, event -> {});
        return log;
    }

    private static void append(FileEventLog log, Event... events) {
        for (Event event : events) {
            CompletableFuture<Appended> answer = new CompletableFuture<>();
            log.append(event, answer::complete);
            assertThat(answer.join()).isInstanceOf(Appended.Durable.class);
        }
    }

    private static List<String> snapshots(SimDisk disk) {
        return disk.list(Copy.SNAPSHOTS);
    }

    private static Path file(long through) {
        return Copy.SNAPSHOTS.resolve(name(through));
    }

    private static String name(long through) {
        return String.format(Locale.ROOT, "central-%020d.json", through);
    }
}
