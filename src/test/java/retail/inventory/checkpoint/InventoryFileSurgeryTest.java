package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.stock.InventoryRecord;

/**
 * What a start makes of inventory files and checkpoint whose bytes something changed: all that was acknowledged, by the
 * log, or a refusal where the log no longer has its beginning. Never other quantities, and never less.
 */
class InventoryFileSurgeryTest {

    private static final List<String> STORES = List.of("A", "B");
    private static final List<String> FILES = List.of(SavedTable.FIRST, SavedTable.SECOND, Checkpoint.NAME);
    private static final Instant DELIVERED = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final Instant LATER = DELIVERED.plus(Duration.ofHours(1));

    private final SimDisk withTheLog = new SimDisk();
    private final SimDisk compacted;
    private final NavigableMap<String, InventoryRecord> acknowledged;

    InventoryFileSurgeryTest() throws IOException {
        try (RecoveredStores stores = new RecoveredStores(withTheLog, DELIVERED)) {
            for (int round = 1; round <= 4; round++) {
                for (String sku : List.of("A/one", "A/two", "A/three", "B/one")) {
                    stores.deliver(sku.substring(0, 1), sku.substring(2), 10 * round + sku.length());
                }
            }
            stores.save();
            SimDisk saved = withTheLog.copy();
            stores.deliver("A", "two", 5);
            stores.deliver("B", "one", 7);
            acknowledged = stores.stock(STORES);
            compacted = withTheLog.copy();
            FILES.forEach(name -> assertThat(content(saved, name)).isEqualTo(content(withTheLog, name)));
        }
        try (RecoveredStores stores = new RecoveredStores(compacted, LATER)) {
            stores.compact();
        }
    }

    @Test
    void startsWithTheFilesWhileTheyAreWhole() throws IOException {
        for (SimDisk disk : List.of(withTheLog, compacted)) {
            try (RecoveredStores stores = new RecoveredStores(disk, LATER)) {
                assertThat(stores.notes()).isEmpty();
                assertThat(stores.stock(STORES)).isEqualTo(acknowledged).hasSize(4);
            }
        }
        assertThat(compacted.list(Path.of("/data/wal"))).as("segments").hasSizeLessThan(4);
        assertThat(compacted.list(Path.of("/data/archive"))).isEmpty();
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        for (String name : FILES) {
            byte[] whole = content(withTheLog, name);
            int bits = Surgery.everyBit(whole, (how, bytes) -> {
                requireFallenBack(damaged(withTheLog, name, bytes), name, how);
                requireRefused(damaged(compacted, name, bytes), name + ", " + how);
            });
            Surgery.report("bits of " + name, bits);
        }
    }

    @Test
    void findsEveryCut() throws IOException {
        for (String name : FILES) {
            int cuts = Surgery.everyCut(content(withTheLog, name), (how, bytes) -> {
                requireMended(name, how, bytes);
                requireRefusedAgain(name, how, bytes);
            });
            Surgery.report("cuts of " + name, cuts);
        }
    }

    @Test
    void findsDroppedDoubledAndSwappedRecords() throws IOException {
        for (String name : FILES) {
            int cases = Surgery.everyLine(content(withTheLog, name), (how, bytes) -> {
                requireMended(name, how, bytes);
                requireRefusedAgain(name, how, bytes);
            });
            Surgery.report("lines dropped, doubled, swapped of " + name, cases);
        }
    }

    /** Whole files in the wrong place, as a hand puts them there. */
    @Test
    void takesNoFileForAnother() throws IOException {
        for (String name : FILES) {
            for (String other : FILES) {
                if (!name.equals(other)) {
                    requireMended(name, "replaced by " + other, content(withTheLog, other));
                    requireRefusedAgain(name, "replaced by " + other, content(withTheLog, other));
                }
            }
        }
        for (SimDisk intact : List.of(withTheLog, compacted)) {
            SimDisk copied = intact.copy();
            copied.put(RecoveredStores.FILES.resolve("copy-of-" + SavedTable.FIRST), content(intact, SavedTable.FIRST));
            requireStock(copied, "a copy under a name that is none of ours");
        }
        String twice = "records-000009.jsonl";
        requireMended(twice, "a file that is there twice", content(withTheLog, SavedTable.FIRST));
        requireRefusedAgain(twice, "a file that is there twice", content(withTheLog, SavedTable.FIRST));
    }

    @Test
    void neverStartsEmptyBecauseFilesAreMissing() {
        for (int missing = 1; missing < 1 << FILES.size(); missing++) {
            SimDisk readable = withTheLog.copy();
            SimDisk refused = compacted.copy();
            for (int i = 0; i < FILES.size(); i++) {
                if ((missing & 1 << i) != 0) {
                    readable.remove(RecoveredStores.FILES.resolve(FILES.get(i)));
                    refused.remove(RecoveredStores.FILES.resolve(FILES.get(i)));
                }
            }
            requireStock(readable, "files missing: " + missing);
            requireRefused(refused, "files missing: " + missing);
        }
    }

    /** By the log, with a word about it; and the files are whole again when they are written the next time. */
    private void requireMended(String name, String how, byte[] bytes) throws IOException {
        SimDisk damaged = damaged(withTheLog, name, bytes);
        requireFallenBack(damaged, name, how);
        try (RecoveredStores stores = new RecoveredStores(damaged.kill(), LATER)) {
            assertThat(stores.notes()).as("mended: " + name + ", " + how).isEmpty();
            assertThat(stores.stock(STORES)).as("mended: " + name + ", " + how).isEqualTo(acknowledged);
        }
    }

    private void requireFallenBack(SimDisk damaged, String name, String how) throws IOException {
        try (RecoveredStores stores = new RecoveredStores(damaged, LATER)) {
            assertThat(stores.notes())
                    .as(name + ", " + how)
                    .singleElement()
                    .asString()
                    .contains(name, "damaged");
            assertThat(stores.stock(STORES)).as(name + ", " + how).isEqualTo(acknowledged);
            stores.save();
        }
    }

    /** However often somebody starts it. */
    private void requireRefusedAgain(String name, String how, byte[] bytes) {
        SimDisk damaged = damaged(compacted, name, bytes);
        requireRefused(damaged, name + ", " + how);
        requireRefused(damaged.kill(), "tried again: " + name + ", " + how);
    }

    private static SimDisk damaged(SimDisk intact, String name, byte[] bytes) {
        SimDisk damaged = intact.copy();
        damaged.put(RecoveredStores.FILES.resolve(name), bytes);
        return damaged;
    }

    private static void requireRefused(SimDisk damaged, String how) {
        assertThatThrownBy(() -> new RecoveredStores(damaged, LATER).close())
                .as(how)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("events from 1 on are needed");
    }

    private void requireStock(SimDisk disk, String how) {
        try (RecoveredStores stores = new RecoveredStores(disk, LATER)) {
            assertThat(stores.stock(STORES)).as(how).isEqualTo(acknowledged);
        }
    }

    private static byte[] content(SimDisk disk, String name) {
        try {
            return disk.read(RecoveredStores.FILES.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
