package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.RealDisk;
import retail.inventory.files.RoleLock;
import retail.inventory.files.SimDisk;
import retail.inventory.simulation.ExpectedErrors;

/** One process saves, dies at whatever moment, and another one that stood by goes on: the files never lack anything. */
@ExtendWith(ExpectedErrors.class)
class TakeOverTest {

    private static final int SPLIT = 2 * InventoryFiles.RECORDS_PER_FILE;
    private static final byte[] GARBAGE = "garbage\n".getBytes(StandardCharsets.US_ASCII);

    private final SimDisk disk = new SimDisk();

    private SavedTable holder() throws IOException {
        return SavedTable.inSmallFiles(disk);
    }

    private static void requireAll(SavedTable table, SimDisk on, String when) throws IOException {
        SavedTable fresh = table.restart(on.crash(new Random(1)));
        assertThat(fresh.loaded().problem()).as(when).isNull();
        assertThat(fresh.loaded().through()).as(when).isPositive();
        fresh.requireWhole(when);
    }

    @Test
    void writesNoMoreThanWhatChangedSinceItLoaded() throws IOException {
        SavedTable holder = holder().change("A", "one").change("B", "one").change("C", "one");
        holder.save();
        SavedTable standby = holder.beside(disk);
        holder.change("B", "one");
        holder.save();

        standby.takeOver();

        assertThat(standby.files().savedThrough()).isEqualTo(4);
        assertThat(standby.change("C", "one").save()).as("B and C").isEqualTo(2);
        assertThat(standby.save()).isZero();
        requireAll(standby, disk, "after a takeover");
    }

    @Test
    void coversNoMoreThanTheCheckpointDoes() throws IOException {
        SavedTable holder = holder().change("A", "one");
        holder.save();
        SavedTable standby = holder.beside(disk);
        holder.change("A", "one").change("A", "two");
        standby.takeOver();
        assertThat(standby.durable()).isEqualTo(3);
        assertThat(standby.files().savedThrough()).isEqualTo(1);
        standby.save();
        assertThat(standby.files().savedThrough()).isEqualTo(3);
    }

    @Test
    void doesNotBeginBeforeItHasReadWhatTheFilesHave() throws IOException {
        SavedTable holder = holder().change("A", "one");
        holder.save();
        SavedTable standby = holder.beside(disk);
        holder.change("A", "one").save();
        assertThatThrownBy(() -> standby.files().takeOver(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("through sequence 2");
        standby.takeOver();
        assertThat(standby.files().savedThrough()).isEqualTo(2);
    }

    /** It stood by since before the split, so it knows none of the new files. */
    @Test
    void goesOnAtWhateverMomentOfASplitTheHolderDies() throws IOException {
        boolean died = true;
        for (int n = 1; died; n++) {
            SimDisk shared = new SimDisk();
            SavedTable holder =
                    SavedTable.empty(shared).changeMany("A", 0, SPLIT).change("B", "one");
            holder.save();
            SavedTable standby = holder.beside(shared);
            died = dies(holder.changeMany("A", SPLIT, 2 * SPLIT).change("C", "one"), shared, n);

            String when = "the holder died at operation " + n;
            standby.takeOver().change("B", "one").change("A", SavedTable.sku(3)).save();
            requireAll(standby, shared, when);
        }
    }

    /** And the next one dies as well, and a third takes over, which has stood by for longer or for less. */
    @Test
    void goesOnWhenTheNextOneDiesAsWell() throws IOException {
        boolean died = true;
        for (int n = 1; died; n += 3) {
            for (int m = 1; m < 12; m += 2) {
                SimDisk shared = new SimDisk();
                SavedTable first =
                        SavedTable.empty(shared).changeMany("A", 0, SPLIT).change("B", "one");
                first.save();
                SavedTable second = first.beside(shared);
                SavedTable third = first.beside(shared);
                died = dies(first.changeMany("A", SPLIT, SPLIT + 2).change("B", "two"), shared, n);
                SavedTable fourth = first.beside(shared);

                dies(second.takeOver().change("C", "one").change("A", SavedTable.sku(0)), shared, m);
                SavedTable last = n % 2 == 0 ? third : fourth;
                last.takeOver().change("B", "two").save();
                requireAll(last, shared, "deaths at operations " + n + " and " + m);
            }
        }
    }

    /** Names of the files that the other has made must not be used for other ranges. */
    @Test
    void isCutOffItselfAtWhateverMomentOfItsFirstPass() throws IOException {
        for (int death : new int[] {8, 17, 26, 1000}) {
            boolean died = true;
            for (int n = 1; died; n++) {
                SimDisk shared = new SimDisk();
                SavedTable holder =
                        SavedTable.empty(shared).changeMany("A", 0, SPLIT).change("B", "one");
                holder.save();
                SavedTable standby = holder.beside(shared);
                dies(holder.changeMany("A", SPLIT, 2 * SPLIT), shared, death);
                shared.hook(DiskHook.failingAt(n, true));
                died = catchThrowable(() -> standby.takeOver()
                                .changeMany("A", 2 * SPLIT, 2 * SPLIT + 1001)
                                .change("B", "one")
                                .save())
                        != null;
                SavedTable fresh = standby.restart(shared.crash(new Random(n)));
                String when = "power cut at operation " + n + ", the holder died at " + death;
                assertThat(fresh.loaded().problem()).as(when).isNull();
                assertThat(fresh.loaded().through()).as(when).isPositive();
                fresh.requireWhole(when);
            }
        }
    }

    /** The standby has everything as it was in the files, so nothing of it is due; but the files have lost it since. */
    @Test
    void writesEverythingWhenAnotherPutFilesAsideAndDied() throws IOException {
        for (String damaged : List.of(SavedTable.FIRST, SavedTable.SECOND, SavedTable.THIRD, Checkpoint.NAME)) {
            SimDisk shared = new SimDisk();
            SavedTable holder =
                    SavedTable.empty(shared).changeMany("A", 0, SPLIT + 1).change("B", "one");
            holder.save();
            SavedTable standby = holder.beside(shared);
            shared.put(SavedTable.DIRECTORY.resolve(damaged), GARBAGE);
            SavedTable starting = holder.after(shared);
            assertThat(starting.loaded().problem()).contains(damaged);

            standby.takeOver();
            assertThat(standby.files().savedThrough()).isZero();
            standby.change("B", "one").save();
            requireAll(standby, shared, "with " + damaged + " damaged");
        }
    }

    @Test
    void writesEverythingWhenItFindsFilesDamagedOrMissingItself() throws IOException {
        for (String damaged : List.of(SavedTable.FIRST, SavedTable.SECOND, SavedTable.THIRD, Checkpoint.NAME)) {
            for (byte @Nullable [] content : new byte @Nullable [][] {GARBAGE, null}) {
                SimDisk shared = new SimDisk();
                SavedTable holder =
                        SavedTable.empty(shared).changeMany("A", 0, SPLIT + 1).change("B", "one");
                holder.save();
                SavedTable standby = holder.beside(shared);
                Path file = SavedTable.DIRECTORY.resolve(damaged);
                shared.remove(file);
                if (content != null) {
                    shared.put(file, content);
                }
                standby.takeOver();
                assertThat(standby.files().savedThrough()).isZero();
                standby.change("C", "one").save();
                requireAll(standby, shared, "without " + damaged);
            }
        }
    }

    /** Other files grow until a crash, which must not make up for the one that is missing. */
    @Test
    void forgetsTheCheckpointWhenAFileIsMissing() throws IOException {
        SavedTable holder = SavedTable.inFilesOf(2, disk);
        holder.change("A", "one").change("A", "two").changeMany("B", 0, 3).save();
        SavedTable standby = holder.beside(disk);
        disk.remove(SavedTable.DIRECTORY.resolve(SavedTable.SECOND));
        standby.takeOver().change("A", "three").change("A", "four");
        disk.hook(DiskHook.failing(Operation.RENAME, 2)); // of B's file
        assertThatThrownBy(standby::save).isInstanceOf(IOException.class);
        disk.hook(DiskHook.NONE);
        standby.restart(disk.kill()).requireWhole("after it died");
    }

    @Test
    void aWriterBeginsWhenTheOtherHasWrittenTheLast(@TempDir Path directory) throws IOException {
        DataDirectory data = DataDirectory.open(new RealDisk(), directory, List.of(), true);
        RoleLock first = data.role("files");
        RoleLock second = data.role("files");
        SavedTable holder = holder().change("A", "one");
        SavedTable standby = holder.beside(disk);
        InventoryFileWriter writer = new InventoryFileWriter(holder.files(), ImpatientBreakers.one(), first, 1);
        InventoryFileWriter waiting = new InventoryFileWriter(standby.files(), ImpatientBreakers.one(), second, 1);
        writer.start(holder::durable, holder::catchUp);
        waiting.start(standby::durable, standby::catchUp);
        await().until(() -> holder.files().savedThrough() == 1);
        assertThat(standby.files().savedThrough()).isZero();

        writer.close();
        holder.change("A", "two");
        assertThat(second.isHeld()).isFalse();
        first.close();
        await().until(() -> standby.files().savedThrough() == 2);
        assertThat(second.isHeld()).isTrue();

        waiting.close();
        second.close();
        requireAll(standby, disk, "after both");
    }

    /** The process dies at an operation, or ends it after all; the system lives on. */
    private static boolean dies(SavedTable table, SimDisk on, int operation) {
        on.hook(DiskHook.failingAt(operation, true));
        boolean died = catchThrowable(table::save) != null;
        on.hook(DiskHook.NONE);
        return died;
    }
}
