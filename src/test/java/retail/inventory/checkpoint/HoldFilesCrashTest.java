package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.Hold.State;

/** Every disk operation of a pass fails once, and is the last one before a crash once: no hold is lost, old, or there again. */
class HoldFilesCrashTest {

    @Test
    void hasEverythingAfterACrashAtEveryOperation() throws IOException {
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            for (int seed = 0; seed < 40; seed++) {
                SimDisk disk = new SimDisk();
                HoldsOnDisk holds = manyFiles(disk, seed);
                disk.hook(DiskHook.failingAt(n, true));
                passed = catchThrowable(holds::save) == null;
                String when = "after a crash at operation " + n + ", seed " + seed;
                SimDisk left = disk.crash(new Random(seed));
                HoldsOnDisk next = restart(holds, left, when);
                next.remembersAgain().change("h1", State.HELD).save();
                next = restart(next, left.crash(new Random(seed)), when + " and a whole pass");
                next.requireForgotten(when);
            }
        }
    }

    @Test
    void hasEverythingAfterAFailureOfEveryOperation() throws IOException {
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            for (int seed = 0; seed < 20; seed++) {
                SimDisk disk = new SimDisk();
                HoldsOnDisk holds = manyFiles(disk, seed);
                disk.hook(DiskHook.failingAt(n, false));
                passed = catchThrowable(holds::save) == null;
                disk.hook(DiskHook.NONE);
                holds.any(new Random(seed));
                holds.save();
                String when = "after a failure of operation " + n + ", seed " + seed + ", and a whole pass";
                restart(holds, disk.crash(new Random(seed)), when).requireForgotten(when);
            }
        }
    }

    /** Whatever happens, and crashes between: years of it. */
    @Test
    void hasEverythingAfterManyPassesAndCrashes() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            SimDisk disk = new SimDisk();
            HoldsOnDisk holds = HoldsOnDisk.empty(disk);
            for (int pass = 0; pass < 60; pass++) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    holds.any(random);
                }
                boolean crashes = random.nextInt(4) == 0;
                disk.hook(crashes ? DiskHook.failingAt(1 + random.nextInt(30), random.nextBoolean()) : DiskHook.NONE);
                boolean passed = catchThrowable(holds::save) == null;
                disk.hook(DiskHook.NONE);
                if (!passed && random.nextBoolean()) {
                    disk = disk.crash(random);
                    holds = holds.restart(disk);
                    holds.requireAll("seed " + seed + ", pass " + pass);
                    assertThat(holds.loaded().problem()).isNull();
                    holds.remembersAgain();
                } else if (passed) {
                    HoldsOnDisk fresh = holds.restart(disk.crash(random));
                    fresh.requireAll("seed " + seed + ", pass " + pass + ", saved");
                    fresh.requireForgotten("seed " + seed + ", pass " + pass + ", saved");
                }
            }
        }
    }

    /** A force that a full disk refuses, pass after pass, leaves nothing behind. */
    @Test
    void goesOnAfterAFullDisk() throws IOException {
        SimDisk disk = new SimDisk();
        HoldsOnDisk holds = manyFiles(disk, 3);
        for (int pass = 0; pass < 20; pass++) {
            disk.hook((operation, file) -> {
                if (operation == DiskHook.Operation.WRITE) {
                    throw new IOException("No space left on device");
                }
            });
            assertThat(catchThrowable(holds::save)).hasMessage("No space left on device");
            disk.hook(DiskHook.NONE);
            restart(holds, disk.copy(), "on a full disk");
        }
        long files = HoldFilesTest.files(disk).size();
        holds.save();
        assertThat(files).isLessThanOrEqualTo(HoldFilesTest.files(disk).size() + 2);
        restart(holds, disk.crash(new Random(1)), "after a full disk").requireForgotten("after a full disk");
    }

    private static HoldsOnDisk restart(HoldsOnDisk holds, SimDisk left, String when) throws IOException {
        HoldsOnDisk recovered = holds.restart(left);
        recovered.requireAll(when);
        assertThat(recovered.loaded().problem())
                .as("a mere crash is no damage " + when)
                .isNull();
        assertThat(recovered.loaded().through())
                .as("the log need not be read whole " + when)
                .isPositive();
        return recovered;
    }

    /** Several files, and changes that make some of them needless. */
    private static HoldsOnDisk manyFiles(SimDisk disk, int seed) throws IOException {
        Random random = new Random(seed);
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        for (int pass = 0; pass < 8 || HoldFilesTest.files(disk).size() < 4; pass++) {
            for (int i = 0; i < 4; i++) {
                holds.any(random);
            }
            holds.save();
        }
        for (int i = 0; i < 12; i++) {
            holds.any(random);
        }
        return holds;
    }
}
