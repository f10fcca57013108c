package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Commit;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.SkuRow;
import retail.inventory.table.SkuRow.Snapshot;

class InventoryFilesTest {

    private static final int SPLIT = 2 * InventoryFiles.RECORDS_PER_FILE;

    private final SimDisk disk = new SimDisk();

    @Test
    void loadsWhatItSaved() throws IOException {
        SavedTable table =
                SavedTable.empty(disk).change("A", "one").change("A", "one").change("B", "x:y z");
        assertThat(table.save()).isEqualTo(1);

        SavedTable loaded = table.restart(disk.crash(new Random(1)));

        assertThat(loaded.loaded()).isEqualTo(new InventoryFiles.Loaded(3, null));
        loaded.requireWhole("after a restart");
        assertThat(loaded.table().size()).isEqualTo(2);
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        SavedTable table = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "one")
                .change("C", "one");
        assertThat(table.save()).isEqualTo(3);
        assertThat(table.save()).isZero();
        assertThat(table.change("B", "one").save()).isEqualTo(1);
        assertThat(table.restart(disk.copy()).loaded().through()).isEqualTo(4);
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
    void writesFewFilesAndSyncsForManySmallStores() throws IOException {
        SavedTable table = SavedTable.empty(disk);
        for (int store = 0; store < 2000; store++) {
            table.change("STORE-" + store, "one");
        }
        table.save();
        for (int store = 0; store < 2000; store++) {
            table.change("STORE-" + store, "one");
        }
        List<Operation> operations = new ArrayList<>();
        disk.hook((operation, file) -> operations.add(operation));

        assertThat(table.save()).isLessThanOrEqualTo(2);

        assertThat(Collections.frequency(operations, Operation.FORCE)).isLessThanOrEqualTo(3);
        assertThat(Collections.frequency(operations, Operation.SYNC)).isEqualTo(2);
        disk.hook(DiskHook.NONE);
        table.restart(disk.copy()).requireWhole("after all of them changed");
    }

    /** Between those that are there, where others sort before and behind them. */
    @Test
    void splitsWhereStoresAreAdded() throws IOException {
        SavedTable table = SavedTable.inFilesOf(3, disk);
        Random random = new Random(7);
        for (int pass = 0; pass < 60; pass++) {
            for (int i = 0; i < 5; i++) {
                table.change("S" + random.nextInt(100), "sku-" + random.nextInt(4));
            }
            table.save();
            table.restart(disk.copy()).requireWhole("after pass " + pass);
        }
        long files = disk.list(SavedTable.DIRECTORY).stream()
                .filter(InventoryFile::isName)
                .count();
        assertThat(files).isBetween(table.table().size() / 6, table.table().size() / 3 + 1);
    }

    /** Tools look for a SKU by its line. */
    @Test
    void eachLineNamesStoreAndSku() throws IOException {
        SavedTable.empty(disk).change("A", "one").change("a", "x:y z").save();
        String content = new String(disk.read(SavedTable.DIRECTORY.resolve(SavedTable.FIRST)), US_ASCII);
        assertThat(content.lines())
                .containsExactly(
                        "{\"format\":4,\"file\":1,\"from\":\"\",\"through\":2}",
                        "{\"storeId\":\"A\",\"sku\":\"one\",\"qty\":10,\"version\":1,\"updatedAt\":\"2023-11-14T22:13:20Z\"}",
                        "{\"storeId\":\"a\",\"sku\":\"x:y z\",\"qty\":10,\"version\":1,\"updatedAt\":\"2023-11-14T22:13:20Z\"}",
                        content.lines().reduce("", (first, last) -> last));
        assertThat(content).endsWith("\"}\n").contains("{\"records\":2,\"crc\":\"");
    }

    @Test
    void readsTheLogInsteadOfADamagedFile() throws IOException {
        SavedTable table = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "two")
                .change("A", "two");
        table.save();
        for (String name : List.of(SavedTable.FIRST, SavedTable.SECOND, Checkpoint.NAME)) {
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
        SavedTable table = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "two")
                .change("C", "three");
        table.save();
        disk.remove(SavedTable.DIRECTORY.resolve(SavedTable.FIRST));

        SavedTable loaded = table.restart(disk.copy());

        assertThat(loaded.loaded().through()).isZero();
        assertThat(loaded.loaded().problem()).contains("missing");
        loaded.requireWhole("without a file");
    }

    /** The pass that was cut off made another file larger, which must not make up for the damaged one. */
    @Test
    void staysWithTheLogWhenItCrashesBeforeADamagedFileIsWrittenAgain() throws IOException {
        SavedTable table = SavedTable.inFilesOf(2, disk);
        table.change("A", "one").change("A", "two").changeMany("B", 0, 3).save();
        SimDisk other = new SimDisk();
        SavedTable later = SavedTable.inFilesOf(2, other);
        later.change("A", "one").change("A", "two").changeMany("B", 0, 3).save();
        later.change("A", "two-a").change("A", "two-b").save();
        disk.put(
                SavedTable.DIRECTORY.resolve(SavedTable.FIRST),
                other.read(SavedTable.DIRECTORY.resolve(SavedTable.FIRST)));
        byte[] damaged = disk.read(SavedTable.DIRECTORY.resolve(SavedTable.SECOND));
        damaged[10] ^= 1;
        disk.put(SavedTable.DIRECTORY.resolve(SavedTable.SECOND), damaged);

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
        SavedTable table = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "one")
                .change("C", "one");
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
