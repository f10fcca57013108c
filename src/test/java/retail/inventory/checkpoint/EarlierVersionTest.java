package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;

/** Inventory files that another version wrote: an earlier one's are brought over, a later one's are left alone. */
class EarlierVersionTest {

    private final SimDisk disk = new SimDisk();

    /** As an earlier version left it, with two more changes that only the log has. */
    private static SavedTable table(SimDisk on) throws IOException {
        SavedTable before = SavedTable.inFilesOf(2, new SimDisk());
        before.change("A", "one").change("B", "one").changeMany("C", 0, 4).change("A", "one");
        FilesOfFormat1.write(on, before.expected().values(), before.durable());
        before.change("A", "two").change("C", SavedTable.sku(1));
        return before;
    }

    private List<String> names(SimDisk on) {
        return on.list(SavedTable.DIRECTORY);
    }

    @Test
    void bringsTheFilesOver() throws IOException {
        SavedTable before = table(disk);
        assertThat(names(disk)).contains("A.json", "B.json", "C.json", "C~1.json", "~checkpoint.json");

        SavedTable present = before.restart(disk);
        assertThat(present.loaded()).isEqualTo(new InventoryFiles.Loaded(7, null));
        assertThat(present.files().savedThrough()).isEqualTo(7);
        present.requireWhole("from the files of an earlier version");
        present.save();

        assertThat(names(disk)).allMatch(name -> InventoryFile.isName(name) || name.equals(Checkpoint.NAME));
        SavedTable again = present.restart(disk.crash(new Random(1)));
        assertThat(again.loaded()).isEqualTo(new InventoryFiles.Loaded(9, null));
        again.requireWhole("brought over");
        assertThat(again.save()).as("files due").isZero();
    }

    @Test
    void bringsThemOverThoughNothingElseChanges() throws IOException {
        SavedTable before = SavedTable.inSmallFiles(new SimDisk()).change("A", "one");
        FilesOfFormat1.write(disk, before.expected().values(), 1);
        SavedTable present = before.restart(disk);
        assertThat(present.save()).isEqualTo(1);
        assertThat(names(disk)).containsExactly(Checkpoint.NAME, SavedTable.FIRST);
        assertThat(present.save()).isZero();
    }

    @Test
    void losesNothingWhateverOperationIsTheLast() throws IOException {
        boolean cutOff = true;
        for (int n = 1; cutOff; n++) {
            for (int seed = 0; seed < 10; seed++) {
                SimDisk crashing = new SimDisk();
                SavedTable present = table(crashing).restart(crashing);
                crashing.hook(DiskHook.failingAt(n, true));
                cutOff = catchThrowable(present::save) != null;
                SimDisk left = crashing.crash(new Random(seed));
                SavedTable next = present.restart(left);
                String when = "cut off at operation " + n + ", seed " + seed;
                assertThat(next.loaded().problem()).as(when).isNull();
                assertThat(next.loaded().through()).as(when).isPositive();
                next.requireWhole(when);
                next.change("B", "two").save();
                assertThat(names(left)).as(when).noneMatch(StoreFile::isName);
                next.restart(left.crash(new Random(seed))).requireWhole(when + ", and a pass");
            }
        }
    }

    @Test
    void anotherProcessIsWholeAtWhateverMomentItLoads() throws IOException {
        SavedTable holder = table(disk).after(disk);
        boolean[] loading = {false};
        disk.hook((operation, file) -> {
            if (!loading[0]) {
                loading[0] = true;
                SavedTable standby = holder.beside(disk);
                assertThat(standby.loaded().problem())
                        .as("before " + operation + " of " + file)
                        .isNull();
                assertThat(standby.loaded().through()).isPositive();
                standby.requireWhole("before " + operation + " of " + file);
                loading[0] = false;
            }
        });
        holder.save();
    }

    /** While it reads the old ones they are replaced by new ones. */
    @Test
    void anotherProcessIsWholeThoughTheyAreBroughtOverWhileItLoads() throws IOException {
        for (int nth = 1; nth <= 14; nth++) {
            SimDisk shared = new SimDisk();
            SavedTable holder = table(shared).after(shared);
            int[] left = {nth};
            shared.hook((operation, file) -> {
                if (--left[0] == 0) {
                    shared.hook(DiskHook.NONE);
                    holder.change("B", "two").save();
                }
            });
            SavedTable standby = holder.beside(shared);
            assertThat(standby.loaded().problem()).as("before operation " + nth).isNull();
            standby.requireWhole("brought over before operation " + nth);
            standby.takeOver().change("A", "three").save();
            standby.restart(shared.crash(new Random(nth))).requireWhole("taken over");
        }
    }

    @Test
    void takesThemOverFromAProcessOfAnEarlierVersion() throws IOException {
        SavedTable standby = table(disk).beside(disk);
        standby.takeOver().save();
        assertThat(names(disk)).noneMatch(StoreFile::isName);
        standby.restart(disk.crash(new Random(1))).requireWhole("taken over");
    }

    /** Somebody went back to the earlier version for a while: its files are the newer ones then. */
    @Test
    void takesWhatAnEarlierVersionWroteSince() throws IOException {
        SavedTable present = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "one")
                .change("C", "one");
        present.save();
        present.change("A", "one").change("D", "one");
        FilesOfFormat1.write(disk, present.expected().values(), 5);
        for (SavedTable next : List.of(present.beside(disk), present.restart(disk))) {
            assertThat(next.loaded()).isEqualTo(new InventoryFiles.Loaded(5, null));
            next.requireWhole("after an earlier version");
        }
    }

    @Test
    void readsTheLogInsteadOfADamagedOrMissingFile() throws IOException {
        for (String name : List.of("A.json", "B.json", "C~1.json", "~checkpoint.json")) {
            SimDisk damaged = new SimDisk();
            SavedTable before = table(damaged);
            damaged.put(SavedTable.DIRECTORY.resolve(name), "garbage\n".getBytes(US_ASCII));
            assertThat(before.beside(damaged).loaded().problem()).contains(name, "damaged");
            SavedTable present = before.restart(damaged);
            assertThat(present.loaded().through()).isZero();
            assertThat(present.loaded().problem()).contains(name, "damaged");
            present.requireWhole("without " + name);
            present.save();
            assertThat(present.restart(damaged).loaded().problem()).isNull();
        }
        SimDisk missing = new SimDisk();
        SavedTable before = table(missing);
        missing.remove(SavedTable.DIRECTORY.resolve("B.json"));
        assertThat(before.beside(missing).loaded().problem()).contains("missing");
        assertThat(before.restart(missing).loaded().problem()).contains("missing");
    }

    @Test
    void refusesAFileOfALaterVersionAndLeavesItAlone() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        table.save();
        for (String name : List.of(SavedTable.FIRST, Checkpoint.NAME)) {
            SimDisk later = disk.copy();
            String content = new String(later.read(SavedTable.DIRECTORY.resolve(name)), US_ASCII);
            String open = content.substring(0, content.lastIndexOf(",\"crc\""));
            FilesOfFormat1.put(later, name, open.replace("\"format\":4", "\"format\":5") + "}");
            assertThatThrownBy(() -> table.restart(later))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(SavedTable.DIRECTORY.resolve(name)
                            + " has format 5, and this version reads formats up to 4: start the version that wrote it,"
                            + " or a newer one.");
            assertThatThrownBy(() -> table.beside(later)).isInstanceOf(DataDirectoryException.class);
            assertThat(names(later)).containsExactlyElementsOf(names(disk));
        }
    }
}
