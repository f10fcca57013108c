package retail.inventory.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.disk.SimDisk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.SkuRow.Snapshot;

class InventoryFilesTest {

    private static final int SPLIT = 2 * InventoryFiles.RECORDS_PER_FILE;

    private final SimDisk disk = new SimDisk();

    @Test
    void loadsWhatItSaved() throws IOException {
        SavedTable table =
                SavedTable.empty(disk).change("A", "one").change("A", "one").change("B", "x:y z");
        assertThat(table.save()).isEqualTo(2);

        SavedTable loaded = table.restart(disk.crash(new Random(1)));

        assertThat(loaded.loaded()).isEqualTo(new InventoryFiles.Loaded(3, null));
        loaded.requireWhole("after a restart");
        assertThat(loaded.table().size()).isEqualTo(2);
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one").change("B", "one");
        assertThat(table.save()).isEqualTo(2);
        assertThat(table.save()).isZero();
        assertThat(table.change("B", "one").save()).isEqualTo(1);
        assertThat(table.restart(disk.copy()).loaded().through()).isEqualTo(3);
    }

    @Test
    void splitsABigStoreAgainAndAgain() throws IOException {
        SavedTable table = SavedTable.empty(disk).changeMany("A", 0, SPLIT);
        assertThat(table.save()).isEqualTo(1);
        assertThat(table.changeMany("A", SPLIT, SPLIT + 1).save()).isEqualTo(3);
        assertThat(table.change("A", SavedTable.sku(5)).save()).as("one sale").isEqualTo(1);
        assertThat(table.changeMany("A", SPLIT + 1, 3 * SPLIT).save()).isGreaterThan(3);

        SavedTable loaded = table.restart(disk.copy());
        assertThat(loaded.loaded().through()).isEqualTo(3 * SPLIT + 1);
        loaded.requireWhole("after splits");
        assertThat(loaded.change("A", SavedTable.sku(SPLIT)).save())
                .as("one sale")
                .isEqualTo(1);
        loaded.restart(disk.copy()).requireWhole("after one more sale");
    }

    @Test
    void readsTheLogInsteadOfADamagedFile() throws IOException {
        SavedTable table =
                SavedTable.empty(disk).change("A", "one").change("B", "two").change("A", "two");
        table.save();
        for (String name : List.of("A.json", "B.json", "~checkpoint.json")) {
            byte[] whole = disk.read(SavedTable.DIRECTORY.resolve(name));
            for (int at = 0; at < whole.length; at++) {
                SimDisk damaged = disk.copy();
                byte[] content = whole.clone();
                content[at] ^= 0x10;
                damaged.put(SavedTable.DIRECTORY.resolve(name), content);

                SavedTable loaded = table.restart(damaged);

                assertThat(loaded.loaded().through()).as(name + ", byte " + at).isZero();
                assertThat(loaded.loaded().problem()).contains(name).contains("damaged");
                loaded.requireWhole("with " + name + " damaged at byte " + at);
                loaded.save();
                SavedTable again = table.restart(damaged.copy());
                assertThat(again.loaded()).as("mended: " + name).isEqualTo(new InventoryFiles.Loaded(3, null));
            }
        }
    }

    @Test
    void readsTheLogInsteadOfAMissingFile() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one").change("B", "two");
        table.save();
        disk.remove(SavedTable.DIRECTORY.resolve("A.json"));

        SavedTable loaded = table.restart(disk.copy());

        assertThat(loaded.loaded().through()).isZero();
        assertThat(loaded.loaded().problem()).contains("missing");
        loaded.requireWhole("without a file");
    }

    /** The pass that was cut off made another file larger, which must not make up for the damaged one. */
    @Test
    void staysWithTheLogWhenItCrashesBeforeADamagedFileIsWrittenAgain() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one").change("B", "one");
        table.save();
        SimDisk other = new SimDisk();
        SavedTable later = SavedTable.empty(other).change("A", "one").change("B", "one");
        later.change("A", "two").change("A", "three").save();
        disk.put(SavedTable.DIRECTORY.resolve("A.json"), other.read(SavedTable.DIRECTORY.resolve("A.json")));
        byte[] damaged = disk.read(SavedTable.DIRECTORY.resolve("B.json"));
        damaged[10] ^= 1;
        disk.put(SavedTable.DIRECTORY.resolve("B.json"), damaged);

        SavedTable first = later.restart(disk);
        assertThat(first.loaded().through()).isZero();
        SavedTable second = later.restart(disk.crash(new Random(1)));
        second.requireWhole("after a crash before the damaged file was written again");
    }

    @Test
    void waitsForTheFateOfAChangeAndCapturesAgainWhenItWasTakenBack() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        SkuRow row = table.table().findOrCreate(new StockKey("A", "one"));
        Snapshot before = row.snapshot();
        InventoryRecord lost =
                new InventoryRecord(new StockKey("A", "one"), 99, 2, Instant.ofEpochMilli(1_700_000_000_000L));
        Commit takenBack = () -> {
            row.holding(now -> {
                row.restore(before);
                return now;
            });
            return false;
        };
        row.holding(now -> {
            row.apply(lost, takenBack);
            return now;
        });

        table.save();

        SavedTable loaded = table.restart(disk.copy());
        assertThat(loaded.loaded().through()).isEqualTo(1);
        loaded.requireWhole("after a change was taken back");
        assertThat(loaded.held()).isEqualTo(loaded.expected());
    }

    @Test
    void keepsEveryRowDueWhenAFateIsNotKnownInTime() throws IOException {
        SavedTable table =
                SavedTable.empty(disk).change("A", "one").change("B", "one").change("C", "one");
        table.save();
        Iterator<Boolean> tooLate = new ArrayList<>(List.of(true, false)).iterator();
        table.change("A", "one", () -> {
            if (tooLate.next()) {
                throw new CommitTimeoutException("held");
            }
            return true;
        });
        table.change("B", "one").change("C", "one");

        assertThatThrownBy(table::save).isInstanceOf(CommitTimeoutException.class);
        assertThat(table.restart(disk.copy()).loaded().through()).isEqualTo(3);
        assertThat(table.save()).isEqualTo(3);

        SavedTable loaded = table.restart(disk.copy());
        assertThat(loaded.loaded().through()).isEqualTo(6);
        loaded.requireWhole("after a pass that timed out");
    }
}
