package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.Hold.State;

/** Files of holds that one process writes while another one reads them, or takes them over. */
class HoldFilesBesideTest {

    private static HoldsOnDisk holder(SimDisk disk) throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        Random random = new Random(11);
        for (int pass = 0; pass < 12; pass++) {
            holds.any(random);
            holds.any(random);
            holds.any(random);
            holds.save();
        }
        return holds;
    }

    private static void more(HoldsOnDisk holds, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            holds.any(random);
        }
    }

    @Test
    void anotherProcessIsWholeAtWhateverMomentItLoads() throws IOException {
        SimDisk disk = new SimDisk();
        HoldsOnDisk holder = holder(disk);
        boolean[] loading = {false};
        disk.hook((operation, file) -> {
            if (!loading[0]) {
                loading[0] = true;
                HoldsOnDisk standby = holder.beside(disk);
                assertThat(standby.loaded().problem())
                        .as("before " + operation + " of " + file)
                        .isNull();
                standby.requireAll("before " + operation + " of " + file);
                loading[0] = false;
            }
        });
        more(holder, 1);
        holder.save();
    }

    @Test
    void anotherProcessIsWholeThoughFilesAreGivenUpWhileItLoads() throws IOException {
        boolean during = true;
        for (int nth = 1; during; nth++) {
            SimDisk disk = new SimDisk();
            HoldsOnDisk holder = holder(disk);
            int[] left = {nth};
            disk.hook((operation, file) -> {
                if (--left[0] == 0) {
                    disk.hook(DiskHook.NONE);
                    for (int pass = 0; pass < 10; pass++) {
                        more(holder, pass);
                        holder.save();
                    }
                }
            });
            HoldsOnDisk standby = holder.beside(disk);
            during = left[0] <= 0;
            disk.hook(DiskHook.NONE);
            assertThat(standby.loaded().problem()).as("before operation " + nth).isNull();
            standby.requireAll("before operation " + nth);
        }
    }

    @Test
    void goesOnAtWhateverMomentTheHolderDies() throws IOException {
        boolean died = true;
        for (int n = 1; died; n++) {
            SimDisk disk = new SimDisk();
            HoldsOnDisk holder = holder(disk);
            HoldsOnDisk standby = holder.beside(disk);
            more(holder, n);
            holder.save();
            more(holder, n + 1);
            disk.hook(DiskHook.failingAt(n, true));
            died = catchThrowable(holder::save) != null;
            disk.hook(DiskHook.NONE);
            String when = "the holder died at operation " + n;
            standby.takeOver().save();
            HoldsOnDisk fresh = standby.restart(disk.crash(new Random(n)));
            assertThat(fresh.loaded().problem()).as(when).isNull();
            fresh.requireAll(when);
        }
    }

    /** The files have it, and a process that takes over has forgotten it while it stood by. */
    @Test
    void tellsTheFilesWhatWasForgottenBeforeItTookOver() throws IOException {
        SimDisk disk = new SimDisk();
        HoldsOnDisk holder =
                HoldsOnDisk.empty(disk).change("h1", State.CONFIRMED).change("h2", State.HELD);
        holder.save();
        HoldsOnDisk standby = holder.beside(disk);
        standby.forget("h1");
        assertThat(standby.table().holds().dirty().isEmpty()).isTrue();
        standby.takeOver().save();
        standby.restart(disk).requireForgotten("taken over");
        standby.restart(disk).requireAll("taken over");
    }

    /** What {@code verify} tells. */
    @Test
    void whatCannotBeUsedIsToldByName() throws IOException {
        SimDisk disk = new SimDisk();
        HoldsOnDisk holder = HoldsOnDisk.empty(disk).of("ab63").change("h1", State.HELD);
        holder.save();
        SavedRecords saved = new SavedRecords(disk, SavedTable.DIRECTORY);
        assertThat(saved.inspect(records -> {}, hold -> {}))
                .isEqualTo(new SavedRecords.Found(1, Map.of("ab63", 1L), List.of()));
        Path file = SavedTable.DIRECTORY.resolve("holds-000001.jsonl");
        byte[] content = disk.read(file);
        content[content.length - 20] ^= 1;
        disk.put(file, content);
        assertThat(saved.inspect(records -> {}, hold -> {}).problems())
                .containsExactly(file + " is damaged: line 2: its checksum does not match");
        disk.remove(file);
        assertThat(saved.inspect(records -> {}, hold -> {}).problems()).containsExactly(file + " is missing");
    }
}
