package retail.inventory.checkpoint;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;

/** What the checkpoint says must be in the files, whatever becomes durable meanwhile. */
class CheckpointTest {

    private final SimDisk disk = new SimDisk();

    /** The checkpoint must not be asked of a later moment than the rows. */
    @Test
    void saysNothingOfWhatBecomesDurableWhileItBegins() throws IOException {
        SavedTable table = SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "one")
                .change("C", "one");
        table.save();
        table.change("A", "one")
                .files()
                .save(
                        () -> {
                            table.change("C", "one");
                            return table.durable();
                        },
                        InventoryFiles.Pace.NONE);

        table.restart(disk.crash(new Random(1))).requireWhole("after a change in the moment of a save");
    }
}
