package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;

/** Inventory files and SKUs that mean something to JSON, to the divider of store and SKU, or to the order of texts. */
class SkusInFilesTest {

    private final SimDisk disk = new SimDisk();

    /** In small files: where a file's range begins is written there, and is compared with SKUs. */
    @Test
    void keepsSkusOfAnyText() throws IOException {
        List<String> skus = List.of(
                "/", "A/B", "A/", "a\"b", "a\\b", "\u00c4", "\u65e5\u672c", "\ufb00", "\ud83d\udc55", "\ud83d\udc55/");
        SavedTable table = SavedTable.inSmallFiles(disk);
        for (String sku : skus) {
            table.change("A", sku).change("B", sku);
            table.save();
        }
        for (String sku : skus) {
            SavedTable loaded = table.change("A", sku).restart(disk.copy());
            assertThat(loaded.change("B", sku).save()).as(sku).isPositive();
            table.save();
        }

        table.restart(disk.copy()).requireWhole("after a restart");
        assertThat(disk.list(SavedTable.DIRECTORY)).hasSizeGreaterThan(skus.size());
    }
}
