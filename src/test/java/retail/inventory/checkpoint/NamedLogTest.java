package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;

/** Inventory files say of which log their sequences are. */
class NamedLogTest {

    private final SimDisk disk = new SimDisk();

    @Test
    void eachFileAndTheCheckpointNameIt() throws IOException {
        SavedTable table = three("ab63");
        for (String name : names()) {
            assertThat(content(name)).startsWith("{\"format\":4,\"logId\":\"ab63\",");
        }
        assertThat(table.restart(disk).positions()).isEqualTo(Map.of("ab63", 3L));
    }

    @Test
    void filesThatNameNoneAreWrittenAnewOnce() throws IOException {
        SavedTable table = three(null);
        assertThat(table.restart(disk).positions()).isEmpty();
        SavedTable named = table.restart(disk).of("ab63");
        assertThat(named.save()).isEqualTo(names().size() - 1);
        assertThat(named.save()).isZero();
        SavedTable again = named.restart(disk).of("ab63");
        assertThat(again.positions()).isEqualTo(Map.of("ab63", 3L));
        assertThat(again.save()).isZero();
        again.requireWhole("named");
    }

    @Test
    void filesOfALogThatIsContinuedAreWrittenAnewThoughAPassIsCutOff() throws IOException {
        SavedTable table = three("ab63");
        for (int nth = 1; nth < 12; nth++) {
            SimDisk cut = disk.copy();
            SavedTable next = table.restart(cut).of("c07d");
            cut.hook(DiskHook.failing(Operation.RENAME, nth));
            try {
                next.save();
            } catch (IOException renameFailed) {
                // the next process finds some files of each
            }
            cut.hook(DiskHook.NONE);
            SavedTable last = next.restart(cut).of("c07d");
            assertThat(Map.of("ab63", 3L, "c07d", 3L)).containsAllEntriesOf(last.positions());
            last.save();
            assertThat(last.restart(cut).positions()).as("cut at " + nth).isEqualTo(Map.of("c07d", 3L));
            last.requireWhole("cut at " + nth);
        }
    }

    @Test
    void aFileOfAnotherLogIsSeen() throws IOException {
        SavedTable table = three("ab63");
        SimDisk other = new SimDisk();
        SavedTable.inSmallFiles(other).of("b000").change("X", "x").save();
        disk.put(
                SavedTable.DIRECTORY.resolve(SavedTable.FIRST),
                other.read(SavedTable.DIRECTORY.resolve(SavedTable.FIRST)));
        assertThat(table.restart(disk).positions()).isEqualTo(Map.of("ab63", 3L, "b000", 1L));
    }

    private SavedTable three(@Nullable String logId) throws IOException {
        SavedTable table = SavedTable.inSmallFiles(disk);
        if (logId != null) {
            table.of(logId);
        }
        table.change("A", "one").change("B", "one").change("C", "one").save();
        return table;
    }

    private List<String> names() {
        return disk.list(SavedTable.DIRECTORY);
    }

    private String content(String name) throws IOException {
        return new String(disk.read(SavedTable.DIRECTORY.resolve(name)), US_ASCII);
    }
}
