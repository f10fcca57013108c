package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static retail.inventory.stock.HeldUnits.NO_END;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.RealDisk;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;

/** Snapshots of the central view: the same when read again, and what is left of them after damage and crashes. */
class CentralSnapshotsTest {

    private final SimDisk disk = new SimDisk();

    @Test
    void readsWhatWasWritten() throws IOException {
        CentralInventory view = new CentralInventory();
        for (int store = 1; store <= 5; store++) {
            for (int sku = 1; sku <= (store == 3 ? 2000 : store == 4 ? 1001 : 7); sku++) {
                view.apply("S" + store, new Entry("SKU: " + sku, sku % 3, sku, 1_700_000_000_000L + sku));
            }
        }
        view.apply("x.-_", new Entry("85123A", (1L << 53) - 1, Long.MAX_VALUE, 0));
        view.apply("x.-_", new Entry("85123a", 0, 1, -1));
        Holds holds = Holds.of(List.of(new HeldUnits("cart", 2, 1_700_000_000_001L), new HeldUnits("o", 1, NO_END)));
        view.apply("x.-_", new Entry("HELD", 9, holds, 3, 1_700_000_000_000L));
        save(disk, view, 123_456_789_012L);

        Loaded loaded = load(disk);
        assertThat(loaded.through).isEqualTo(123_456_789_012L);
        assertThat(loaded.view.size()).isEqualTo(view.size()).isEqualTo(3025);
        for (String store : view.stores()) {
            assertThat(loaded.view.page(store, null, 9999)).isEqualTo(view.page(store, null, 9999));
        }
        assertThat(loaded.view.stores()).containsExactlyElementsOf(view.stores());
        assertThat(new String(disk.read(Copy.SNAPSHOTS.resolve(name(123_456_789_012L))), StandardCharsets.UTF_8))
                .contains("\"HELD\":{\"qty\":9,\"holds\":[{\"holdId\":\"cart\",\"qty\":2,\"endsMs\":1700000000001},"
                        + "{\"holdId\":\"o\",\"qty\":1}],\"version\":3,\"updatedAtMs\":1700000000000}")
                .containsOnlyOnce("\"holds\"");
        assertThat(loaded.view.hasEndedHolds(store -> true, Instant.ofEpochMilli(1_700_000_000_001L)))
                .isTrue();
    }

    @Test
    void readsAnEmptyViewAndNothing() throws IOException {
        assertThat(load(disk).through).isZero();
        save(disk, new CentralInventory(), 5);
        assertThat(load(disk).through).isEqualTo(5);
        assertThat(load(disk).view.size()).isZero();
    }

    @Test
    void keepsTheNewestTwo() throws IOException {
        for (int through : new int[] {9, 10, 11, 100}) {
            save(disk, view(through), through);
        }
        assertThat(disk.list(Copy.SNAPSHOTS)).containsExactly(name(11), name(100));
        assertLoads(disk, 100);
        save(disk, view(100), 100);
        assertThat(disk.list(Copy.SNAPSHOTS)).containsExactly(name(11), name(100));
    }

    /** The log lets go of what the oldest one covers. */
    @Test
    void coverOnlyWhatNoPowerCutTakesAway() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            SimDisk failing = new SimDisk();
            failing.hook(DiskHook.failing(DiskHook.Operation.SYNC, 1));
            assertThatThrownBy(() -> save(failing, view(9), 9)).isInstanceOf(IOException.class);

            long covered = new CentralSnapshots(failing, Copy.SNAPSHOTS).oldest();

            SimDisk left = failing.crash(new Random(seed));
            assertThat(new CentralSnapshots(left, Copy.SNAPSHOTS).oldest()).isEqualTo(covered);
        }
    }

    @Test
    void fallsBackToTheOneBeforeWhenTheNewestIsDamaged() throws IOException {
        save(disk, view(1), 1);
        save(disk, view(2), 2);
        byte[] newest = disk.read(Copy.SNAPSHOTS.resolve(name(2)));
        for (int at = 0; at < newest.length; at++) {
            for (int bit : new int[] {1, 0x20, 0xff}) {
                SimDisk damaged = disk.copy();
                damaged.put(Copy.SNAPSHOTS.resolve(name(2)), flipped(newest, at, bit));
                assertLoads(damaged, 1);
                assertThat(damaged.list(Copy.SNAPSHOTS))
                        .as("kept to be looked at")
                        .contains(name(2) + ".damaged");
                save(damaged, view(3), 3);
                assertLoads(damaged, 3);
            }
        }
        for (int length = 0; length < newest.length; length++) {
            SimDisk damaged = disk.copy();
            damaged.put(Copy.SNAPSHOTS.resolve(name(2)), Arrays.copyOf(newest, length));
            assertLoads(damaged, 1);
        }
    }

    @Test
    void beginsWithNothingWhenBothAreDamaged() throws IOException {
        for (int through = 1; through <= 2; through++) {
            save(disk, view(through), through);
            Path file = Copy.SNAPSHOTS.resolve(name(through));
            disk.put(file, flipped(disk.read(file), 30, 1));
        }
        Loaded loaded = load(disk);
        assertThat(loaded.through).isZero();
        assertThat(loaded.view.size()).isZero();
        assertThat(loaded.view.stores()).isEmpty();
    }

    @Test
    void aCrashAtAnyOperationLeavesTheOldOrTheNewOne() throws IOException {
        save(disk, view(1), 1);
        save(disk, view(2), 2);
        SimDisk counted = disk.copy();
        save(counted, view(3), 3);
        int operations = (int) counted.operations();
        assertThat(operations).isGreaterThan(8);
        int newOnes = 0;
        for (int at = 1; at <= operations; at++) {
            for (int seed = 0; seed < 40; seed++) {
                SimDisk crashing = disk.copy();
                crashing.hook(DiskHook.failingAt(at, true));
                assertThatThrownBy(() -> save(crashing, view(3), 3)).hasMessageStartingWith("injected");
                SimDisk after = seed == 0 ? crashing.kill() : crashing.crash(new Random(seed));
                long through = load(after).through;
                assertThat(through).isIn(2L, 3L);
                assertLoads(after, through);
                newOnes += through == 3 ? 1 : 0;
                save(after, view(4), 4);
                assertLoads(after.crash(new Random(seed)), 4);
            }
        }
        assertThat(newOnes).as("crashes late enough").isPositive();
        save(disk, view(3), 3);
        assertLoads(disk.crash(new Random(1)), 3);
    }

    @Test
    void leavesNoPartsOfOldTriesBehind() throws IOException {
        save(disk, view(1), 1);
        disk.hook(DiskHook.failing(DiskHook.Operation.FORCE, 1));
        assertThatThrownBy(() -> save(disk, view(2), 2)).hasMessageStartingWith("injected");
        SimDisk after = disk.kill();
        load(after);
        save(after, view(3), 3);
        assertThat(after.list(Copy.SNAPSHOTS)).containsExactly(name(1), name(3));
    }

    @Test
    void forgetsAll() throws IOException {
        save(disk, view(1), 1);
        save(disk, view(2), 2);
        new CentralSnapshots(disk, Copy.SNAPSHOTS).deleteAll();
        assertThat(load(disk.crash(new Random(1))).through).isZero();
    }

    @Test
    void forgetsNothingWhereNothingIs(@TempDir Path empty) throws IOException {
        Disk real = new RealDisk();
        CentralSnapshots snapshots = new CentralSnapshots(real, empty.resolve("central"));
        assertThat(snapshots.load(new CentralInventory()).through()).isZero();
        snapshots.deleteAll();
        snapshots.save(view(3), 3, null, null, nanos -> {});
        assertThat(snapshots.load(new CentralInventory()).through()).isEqualTo(3);
        snapshots.deleteAll();
        assertThat(snapshots.load(new CentralInventory()).through()).isZero();
    }

    private record Loaded(long through, CentralInventory view) {}

    private static void save(SimDisk on, CentralInventory view, long through) throws IOException {
        new CentralSnapshots(on, Copy.SNAPSHOTS).save(view, through, null, null, nanos -> {});
    }

    private static Loaded load(SimDisk on) throws IOException {
        CentralInventory view = new CentralInventory();
        return new Loaded(new CentralSnapshots(on, Copy.SNAPSHOTS).load(view).through(), view);
    }

    private static void assertLoads(SimDisk on, long through) throws IOException {
        Loaded loaded = load(on);
        assertThat(loaded.through).isEqualTo(through);
        assertThat(Copy.stock(loaded.view)).isEqualTo(Copy.stock(view(through)));
    }

    /** A view that tells its sequence. */
    private static CentralInventory view(long through) {
        CentralInventory view = new CentralInventory();
        for (Map.Entry<String, String> each :
                List.of(Map.entry("A", "one"), Map.entry("A", "two"), Map.entry("B", "x"))) {
            view.apply(each.getKey(), new Entry(each.getValue(), through, through, through));
        }
        return view;
    }

    private static String name(long through) {
        return String.format(Locale.ROOT, "central-%020d.json", through);
    }

    private static byte[] flipped(byte[] bytes, int at, int bits) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) bits;
        return flipped;
    }
}
