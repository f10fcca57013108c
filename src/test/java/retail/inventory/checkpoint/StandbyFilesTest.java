package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;

/** A process that reads the inventory files while another one writes them, and changes nothing. */
class StandbyFilesTest {

    private static final int SPLIT = 2 * InventoryFiles.RECORDS_PER_FILE;
    private static final byte[] GARBAGE = "garbage\n".getBytes(StandardCharsets.US_ASCII);

    private final SimDisk disk = new SimDisk();

    private static Path file(String name) {
        return SavedTable.DIRECTORY.resolve(name);
    }

    @Test
    void findsNothingWhereNothingWasSaved() throws IOException {
        SavedTable standby = SavedTable.empty(new SimDisk()).beside(disk);
        assertThat(standby.loaded()).isEqualTo(new InventoryFiles.Loaded(0, null));
        assertThat(standby.table().size()).isZero();
    }

    @Test
    void loadsWhatTheOtherSavedAndChangesNothing() throws IOException {
        SavedTable holder = SavedTable.empty(disk).changeMany("A", 0, SPLIT + 1).change("B", "x:y z");
        holder.save();
        holder.change("B", "later");
        onlyReading(() -> {
            SavedTable standby = holder.beside(disk);
            assertThat(standby.loaded()).isEqualTo(new InventoryFiles.Loaded(SPLIT + 2, null));
            assertThat(standby.held()).isEqualTo(holder.expected());
            assertThat(standby.table().size()).isEqualTo(SPLIT + 3);
            assertThat(standby.files().savedThrough())
                    .as("by this process, so far")
                    .isZero();
        });
    }

    @Test
    void readsTheLogInsteadOfADamagedFileAndChangesNothing() throws IOException {
        SavedTable holder = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "two")
                .change("A", "two");
        holder.save();
        for (String name : List.of(SavedTable.FIRST, SavedTable.SECOND, Checkpoint.NAME)) {
            byte[] whole = disk.read(file(name));
            for (int at = 0; at < whole.length; at++) {
                byte[] content = whole.clone();
                content[at] ^= 0x10;
                disk.put(file(name), content);
                String when = name + " damaged at byte " + at;
                onlyReading(() -> {
                    SavedTable standby = holder.beside(disk);
                    assertThat(standby.loaded().through()).as(when).isZero();
                    assertThat(standby.loaded().problem()).contains(name).contains("damaged");
                    standby.requireWhole("with " + when);
                });
            }
            disk.put(file(name), whole);
        }
        assertThat(holder.beside(disk).loaded()).isEqualTo(new InventoryFiles.Loaded(3, null));
    }

    @Test
    void readsTheLogInsteadOfAMissingOrMisplacedFileAndChangesNothing() throws IOException {
        SavedTable holder = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "two")
                .change("C", "three");
        holder.save();
        byte[] whole = disk.read(file(SavedTable.FIRST));
        disk.remove(file(SavedTable.FIRST));
        onlyReading(() -> {
            SavedTable standby = holder.beside(disk);
            assertThat(standby.loaded().through()).isZero();
            assertThat(standby.loaded().problem()).contains("missing");
            standby.requireWhole("without a file");
        });
        disk.put(file("records-000009.jsonl"), whole);
        onlyReading(() -> {
            SavedTable standby = holder.beside(disk);
            assertThat(standby.loaded().through()).isZero();
            assertThat(standby.loaded().problem()).contains(SavedTable.FIRST);
            standby.requireWhole("with a file under another name");
        });
    }

    @Test
    void isWholeWheneverItLoadsWhileAStoreIsSplit() throws IOException {
        SavedTable holder = SavedTable.empty(disk).changeMany("A", 0, SPLIT).change("B", "behind");
        holder.save();
        holder.changeMany("A", SPLIT, SPLIT + 600);
        List<SavedTable> standbys = new ArrayList<>();
        disk.hook(new DiskHook() {
            private boolean loading;

            @Override
            public void before(Operation operation, Path path) throws IOException {
                if (loading) {
                    assertThat(operation).isEqualTo(Operation.OPEN);
                    return;
                }
                loading = true;
                SavedTable standby = holder.beside(disk);
                loading = false;
                standbys.add(standby);
                assertThat(standby.loaded().problem())
                        .as("before " + operation + " of " + path)
                        .isNull();
                assertThat(standby.loaded().through()).isPositive();
                standby.requireWhole("before " + operation + " of " + path);
            }
        });
        holder.save();
        assertThat(standbys).hasSizeGreaterThan(10);
    }

    @Test
    void isWholeWhenAStoreIsSplitAtAnyMomentWhileItLoads() throws IOException {
        for (int nth = 1; nth <= 11; nth++) {
            SimDisk splitting = new SimDisk();
            SavedTable holder = SavedTable.empty(splitting)
                    .change("0", "before")
                    .changeMany("A", 0, SPLIT)
                    .change("B", "behind");
            holder.save();
            splitting.hook(atTheOpening(nth, () -> {
                splitting.hook(DiskHook.NONE);
                holder.changeMany("A", SPLIT, 2 * SPLIT).change("0", "before");
                assertThat(holder.save()).isGreaterThanOrEqualTo(4);
            }));

            SavedTable standby = holder.beside(splitting);

            assertThat(splitting.list(SavedTable.DIRECTORY)).contains("records-000005.jsonl");
            assertThat(standby.loaded().problem())
                    .as("split before file " + nth + " was opened")
                    .isNull();
            assertThat(standby.loaded().through()).isGreaterThanOrEqualTo(SPLIT + 2);
            standby.requireWhole("split before file " + nth + " was opened");
        }
    }

    /** Another process starts, puts a damaged file aside, and dies or goes on; other files have grown meanwhile. */
    @Test
    void isWholeWhenAFileIsPutAsideAtAnyMomentWhileItLoads() throws IOException {
        for (boolean saves : new boolean[] {false, true}) {
            for (int nth = 0; nth <= 14; nth++) {
                SimDisk damaged = new SimDisk();
                SavedTable holder = SavedTable.inFilesOf(2, damaged);
                holder.change("A", "one")
                        .change("A", "two")
                        .changeMany("B", 0, 3)
                        .save();
                SimDisk grown = damaged.copy();
                SavedTable growing = holder.after(grown).change("A", "three").change("A", "four");
                growing.save();
                damaged.put(file(SavedTable.FIRST), grown.read(file(SavedTable.FIRST)));
                BeforeListing.Change meanwhile = () -> {
                    damaged.hook(DiskHook.NONE);
                    damaged.put(file(SavedTable.SECOND), GARBAGE);
                    SavedTable starting = holder.after(damaged);
                    assertThat(starting.loaded().problem()).contains(SavedTable.SECOND);
                    if (saves) {
                        starting.save();
                    }
                };
                Disk read = nth == 0 ? BeforeListing.of(damaged, meanwhile) : damaged;
                damaged.hook(nth == 0 ? DiskHook.NONE : atTheOpening(nth, meanwhile));
                holder.beside(read).requireWhole("put aside before file " + nth + " was opened, saved: " + saves);
            }
        }
    }

    @Test
    void failsWhenTheDiskDoes() throws IOException {
        SavedTable holder = SavedTable.empty(disk).change("A", "one");
        holder.save();
        for (int nth = 1; nth <= 6; nth++) {
            disk.hook(DiskHook.failing(Operation.OPEN, nth));
            assertThatThrownBy(() -> holder.beside(disk)).isInstanceOf(IOException.class);
        }
    }

    /** A record that a crash leaves in two files counts once, or its going from one of them would look like a loss. */
    @Test
    void aRecordThatIsInTwoFilesCountsOnce() throws IOException {
        SavedTable dying = SavedTable.empty(disk).changeMany("A", 0, SPLIT);
        dying.save();
        dying.change("A", SavedTable.sku(SPLIT));
        disk.hook(DiskHook.failing(Operation.RENAME, 3)); // of the file that is to be shortened
        assertThatThrownBy(dying::save).isInstanceOf(IOException.class);
        disk.hook(DiskHook.NONE);
        SavedTable next = dying.after(disk);
        next.save();
        next.change("A", SavedTable.sku(0));
        disk.hook(DiskHook.failing(Operation.RENAME, 2)); // of the checkpoint
        assertThatThrownBy(next::save).isInstanceOf(IOException.class);
        disk.hook(DiskHook.NONE);

        assertThat(next.beside(disk).loaded().problem()).isNull();
        SavedTable last = next.restart(disk.crash(new Random(1)));
        assertThat(last.loaded().problem()).isNull();
        last.requireWhole("after all");
    }

    private void onlyReading(BeforeListing.Change reading) throws IOException {
        disk.hook((operation, path) -> assertThat(operation).as("of " + path).isEqualTo(Operation.OPEN));
        reading.run();
        disk.hook(DiskHook.NONE);
    }

    private static DiskHook atTheOpening(int nth, BeforeListing.Change change) {
        AtomicInteger left = new AtomicInteger(nth);
        return (operation, path) -> {
            if (operation == Operation.OPEN && left.decrementAndGet() == 0) {
                change.run();
            }
        };
    }
}
