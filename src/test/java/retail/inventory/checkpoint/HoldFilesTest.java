package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;

/** What the files of holds keep, how long they get, and what is made of one that is damaged. */
class HoldFilesTest {

    private static final Path FIRST = SavedTable.DIRECTORY.resolve("holds-000001.jsonl");

    private final SimDisk disk = new SimDisk();

    static List<String> files(SimDisk disk) {
        return disk.list(SavedTable.DIRECTORY).stream().filter(HoldFile::isName).toList();
    }

    private HoldsOnDisk three() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        holds.change("h1", State.HELD).change("h2", State.HELD).change("h3", State.CONFIRMED);
        holds.save();
        return holds;
    }

    @Test
    void loadsWhatItSaved() throws IOException {
        HoldsOnDisk holds = three();
        HoldsOnDisk loaded = holds.restart(disk.crash(new Random(1)));
        assertThat(loaded.loaded()).isEqualTo(new InventoryFiles.Loaded(3, null));
        assertThat(loaded.all()).isEqualTo(holds.all()).hasSize(3);
    }

    @Test
    void eachLineIsAHoldWithAChecksum() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk).of("ab63").change("h1", State.CONFIRMED);
        holds.save();
        holds.forget("h1").save();
        assertThat(new String(disk.read(FIRST), UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"format\":4,\"logId\":\"ab63\",\"file\":1,\"through\":1,\"crc\":\""),
                        line -> assertThat(line)
                                .startsWith("{\"holdId\":\"h1\",\"version\":1,\"state\":\"CONFIRMED\","
                                        + "\"placedAt\":\"2026-11-22T10:00:00.123Z\","
                                        + "\"changedAt\":\"2026-11-22T10:00:00.123Z\"")
                                .contains("\"late\":true,\"lines\":[{\"storeId\":\"S1\",\"sku\":\"a\",\"requested\":2,"
                                        + "\"qty\":0,\"confirmed\":0},"),
                        line -> assertThat(line).startsWith("{\"forgotten\":\"h1\",\"crc\":\""));
        assertThat(holds.restart(disk).all()).isEmpty();
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        HoldsOnDisk holds = three();
        byte[] before = disk.read(FIRST);
        holds.save();
        assertThat(disk.read(FIRST)).isEqualTo(before);
    }

    /** As long as four lines for each that counts, and two files. */
    @Test
    void staysAsLongAsWhatCounts() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        Random random = new Random(5);
        for (int pass = 0; pass < 500; pass++) {
            holds.any(random);
            holds.any(random);
            holds.save();
            assertThat(files(disk)).as("after pass " + pass).hasSizeLessThan(4 * 8 / 2 + 3);
        }
        assertThat(HoldFile.number(files(disk).getFirst()))
                .as("files that were written")
                .isGreaterThan(100);
        HoldsOnDisk loaded = holds.restart(disk);
        loaded.requireAll("after many passes");
        loaded.requireForgotten("after many passes");
    }

    @Test
    void anEarlierLineNeverComesBackForOneThatIsForgotten() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        holds.change("old", State.HELD).change("stays-1", State.HELD).change("stays-2", State.HELD);
        holds.save();
        holds.change("old", State.CONFIRMED).save();
        holds.forget("old").save();
        for (int i = 0; i < 200; i++) {
            holds.change("h" + i % 2, State.HELD).save();
            holds.restart(disk).requireForgotten("after " + i + " changes");
        }
    }

    @Test
    void readsTheLogInsteadOfADamagedFile() throws IOException {
        HoldsOnDisk holds = three();
        byte[] whole = disk.read(FIRST);
        Surgery.everyBit(whole, (how, bytes) -> requireMended(holds, how, bytes));
        Surgery.everyCut(whole, (how, bytes) -> requireMended(holds, how, bytes));
        Surgery.everyLine(whole, (how, bytes) -> requireMended(holds, how, bytes));
    }

    private void requireMended(HoldsOnDisk holds, String how, byte[] bytes) throws IOException {
        byte[] whole = disk.read(FIRST);
        if (Arrays.equals(Arrays.copyOf(bytes, whole.length), whole)) {
            return; // it is longer, and what is behind does not count
        }
        SimDisk damaged = disk.copy();
        damaged.put(FIRST, bytes);
        assertThat(holds.beside(damaged).loaded().problem()).as(how).contains("damaged");
        HoldsOnDisk loaded = holds.restart(damaged);
        assertThat(loaded.loaded().through()).as(how).isZero();
        assertThat(loaded.loaded().problem())
                .as(how)
                .contains("holds-000001.jsonl is damaged", "holds-000001.jsonl.damaged");
        loaded.requireAll(how);
        loaded.save();
        HoldsOnDisk again = loaded.restart(damaged.crash(new Random(1)));
        assertThat(again.loaded()).as("mended: " + how).isEqualTo(new InventoryFiles.Loaded(3, null));
        again.requireAll(how);
    }

    /** The checkpoint that listed them is forgotten. */
    @Test
    void holdsOfWholeFilesAreWrittenAgainWhenAnotherOneIsDamaged() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk);
        for (int i = 0; i < 9; i++) {
            holds.change("h" + i, State.HELD).save();
        }
        String last = files(disk).getLast();
        assertThat(last).isNotEqualTo("holds-000001.jsonl");
        disk.put(SavedTable.DIRECTORY.resolve(last), new byte[0]);
        HoldsOnDisk loaded = holds.restart(disk);
        assertThat(loaded.loaded().problem()).contains(last);
        loaded.save();
        HoldsOnDisk again = loaded.restart(disk.crash(new Random(1)));
        assertThat(again.loaded()).isEqualTo(new InventoryFiles.Loaded(9, null));
        again.requireAll("written again");
        assertThat(files(disk)).doesNotContain("holds-000001.jsonl");
    }

    @Test
    void readsTheLogInsteadOfAMissingFile() throws IOException {
        HoldsOnDisk holds = three();
        disk.remove(FIRST);
        assertThat(holds.beside(disk).loaded().problem()).contains("aside");
        HoldsOnDisk loaded = holds.restart(disk);
        assertThat(loaded.loaded().problem()).contains("holds-000001.jsonl is missing");
        loaded.requireAll("without a file");
    }

    /** What a crash left there, or a pass that is under way. */
    @Test
    void whatIsBehindTheCheckpointDoesNotCount() throws IOException {
        HoldsOnDisk holds = three();
        disk.put(FIRST, Surgery.join(List.of(disk.read(FIRST), "{\"holdId\":\"h1\",\"ver".getBytes(UTF_8))));
        for (HoldsOnDisk next : List.of(holds.beside(disk), holds.restart(disk))) {
            assertThat(next.loaded()).isEqualTo(new InventoryFiles.Loaded(3, null));
            next.requireAll("with a torn line");
        }
        HoldsOnDisk next = holds.restart(disk).change("h1", State.CONFIRMED);
        next.save();
        assertThat(next.restart(disk.crash(new Random(1))).held("h1")).isEqualTo(next.held("h1"));
    }

    @Test
    void refusesAFileOfALaterVersionAndLeavesItAlone() throws IOException {
        HoldsOnDisk holds = three();
        String first = new String(disk.read(FIRST), UTF_8).lines().findFirst().orElseThrow();
        String later = first.substring(0, first.lastIndexOf(",\"crc\"")).replace("\"format\":4", "\"format\":5");
        byte[] there = Surgery.join(
                List.of(FileFormat.seal((later + "}").getBytes(UTF_8)).array(), new byte[2000]));
        disk.put(FIRST, there);
        assertThatThrownBy(() -> holds.restart(disk))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("holds-000001.jsonl has format 5, and this version reads formats up to 4");
        assertThat(disk.read(FIRST)).isEqualTo(there);
    }

    @Test
    void filesOfALogThatIsContinuedAreWrittenAnewThoughAPassIsCutOff() throws IOException {
        HoldsOnDisk holds = HoldsOnDisk.empty(disk).of("ab63");
        for (int i = 0; i < 9; i++) {
            holds.change("h" + i, State.HELD);
        }
        holds.save();
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            SimDisk cut = disk.copy();
            HoldsOnDisk next = holds.restart(cut).of("c07d");
            cut.hook(DiskHook.failingAt(n, true));
            passed = catchThrowable(next::save) == null;
            SimDisk left = cut.crash(new Random(n));
            HoldsOnDisk last = next.restart(left).of("c07d");
            last.requireAll("cut at " + n);
            last.save();
            HoldsOnDisk named = last.restart(left);
            assertThat(named.files().positions()).as("cut at " + n).isEqualTo(Map.of("c07d", 9L));
            named.requireAll("named, cut at " + n);
        }
    }

    @Test
    void aHoldComesBackWithAllItHas() throws IOException {
        HoldsOnDisk holds = three();
        for (Hold hold : holds.all().values()) {
            byte[] line = HoldLines.of(hold).array();
            assertThat(catchThrowable(() -> assertThat(
                                    HoldLines.read(line, 0, line.length - 1).hold())
                            .isEqualTo(hold)))
                    .isNull();
        }
    }
}
