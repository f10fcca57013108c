package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;

/** Every disk operation of a save pass fails once, and is the last one before a crash once. */
class InventoryFilesCrashTest {

    /** The log lets go of what the checkpoint covers, so no power cut may bring an older checkpoint back. */
    @Test
    void coversOnlyWhatNoPowerCutTakesBack() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            SimDisk disk = new SimDisk();
            SavedTable table = SavedTable.empty(disk).change("A", "one");
            table.save();
            disk.hook(DiskHook.failing(DiskHook.Operation.SYNC, 2)); // of the checkpoint's new name
            assertThat(catchThrowable(table.change("A", "one")::save)).isInstanceOf(IOException.class);

            SimDisk killed = disk.kill();
            SavedTable restarted = table.restart(killed);
            long covered = restarted.files().savedThrough();

            SavedTable afterACut = restarted.restart(killed.crash(new Random(seed)));
            assertThat(afterACut.files().savedThrough()).isEqualTo(covered);
        }
    }

    @Test
    void hasEverythingAfterACrashAtEveryOperation() throws IOException {
        crashAtEveryOperation(SaveScenario.SEVERAL_STORES, 20);
    }

    @Test
    void hasEverythingAfterACrashAtEveryOperationOfASplit() throws IOException {
        crashAtEveryOperation(SaveScenario.SPLIT_BY_ONE_RECORD, 3);
    }

    @Test
    void hasEverythingAfterACrashAtEveryOperationOfASplitOfSmallFiles() throws IOException {
        crashAtEveryOperation(SaveScenario.SPLIT_SMALL_FILES, 50);
    }

    @Test
    void hasEverythingAfterACrashAtEveryOperationOfASplitAtTheEnd() throws IOException {
        crashAtEveryOperation(SaveScenario.SPLIT_AT_THE_END, 50);
    }

    @Test
    void hasEverythingAfterAFailureOfEveryOperationOfASplitAtTheEnd() throws IOException {
        failEveryOperation(SaveScenario.SPLIT_AT_THE_END);
    }

    @Test
    void hasEverythingAfterAFailureOfEveryOperation() throws IOException {
        failEveryOperation(SaveScenario.SEVERAL_STORES);
    }

    @Test
    void hasEverythingAfterAFailureOfEveryOperationOfASplit() throws IOException {
        failEveryOperation(SaveScenario.SPLIT_BY_ONE_RECORD);
    }

    /** The names of new files may not be durable then, and nothing may be shortened for them before they are. */
    @Test
    void hasEverythingAfterAFailureAndACrashInTheNextPass() throws IOException {
        for (int failed = 1; failed < 40; failed++) {
            for (int crashed = 1; crashed < 40; crashed += 3) {
                SimDisk disk = new SimDisk();
                SavedTable table = saved(SaveScenario.SPLIT_SMALL_FILES, disk);
                disk.hook(DiskHook.failingAt(failed, false));
                var _ = catchThrowable(table::save);
                table.change("A", SavedTable.sku(0));
                disk.hook(DiskHook.failingAt(crashed, true));
                var _ = catchThrowable(table::save);
                for (int seed = 0; seed < 20; seed++) {
                    restart(table, disk.crash(new Random(seed)), "failure " + failed + ", crash " + crashed);
                }
            }
        }
    }

    private static void crashAtEveryOperation(SaveScenario scenario, int seeds) throws IOException {
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            for (int seed = 0; seed < seeds; seed++) {
                SimDisk disk = new SimDisk();
                SavedTable table = saved(scenario, disk);
                disk.hook(DiskHook.failingAt(n, true));
                passed = catchThrowable(table::save) == null;

                String when = "after a crash at operation " + n + ", seed " + seed;
                Random random = new Random(seed);
                SimDisk left = disk.crash(random);
                SavedTable recovered = restart(table, left, when);
                scenario.later(recovered);
                left.hook(DiskHook.failingAt(1 + random.nextInt(12), true));
                var _ = catchThrowable(recovered::save);
                left = left.crash(random);
                recovered = restart(recovered, left, when + " and another one");
                scenario.later(recovered);
                recovered.save();
                restart(recovered, left.crash(random), when + ", another one, and a whole pass");
            }
        }
    }

    private static SavedTable restart(SavedTable table, SimDisk left, String when) throws IOException {
        SavedTable recovered = table.restart(left);
        recovered.requireWhole(when);
        assertThat(recovered.loaded().problem())
                .as("a mere crash is no damage " + when)
                .isNull();
        assertThat(recovered.loaded().through())
                .as("the log need not be read whole " + when)
                .isPositive();
        return recovered;
    }

    private static void failEveryOperation(SaveScenario scenario) throws IOException {
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            SimDisk disk = new SimDisk();
            SavedTable table = saved(scenario, disk);
            disk.hook(DiskHook.failingAt(n, false));
            passed = catchThrowable(table::save) == null;
            disk.hook(DiskHook.NONE);

            scenario.later(table);
            table.save();
            SavedTable recovered = table.restart(disk.crash(new Random(n)));
            recovered.requireWhole("after a failure of operation " + n + " and one more save");
            assertThat(recovered.loaded().problem())
                    .as("after a failure of operation " + n)
                    .isNull();
            assertThat(recovered.loaded().through())
                    .as("the log need not be read after a failure of operation " + n)
                    .isPositive();
        }
    }

    private static SavedTable saved(SaveScenario scenario, SimDisk disk) throws IOException {
        SavedTable table = scenario.table(disk);
        scenario.before(table);
        table.save();
        scenario.change(table);
        return table;
    }
}
