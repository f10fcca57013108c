package retail.inventory.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** Rows come by code points, whether they were loaded or made one by one; so do the places in inventory files. */
class SkuOrderTest {

    /** In order; the last two are the other way round as UTF-16. */
    private static final List<String> SKUS =
            List.of("/", "9", "A", "A B", "A/", "A/B", "AA", "Z", "a", "\u00c4", "\u65e5", "\ufb00", "\ud83d\udc55");

    @Test
    void ordersWhatIsMadeOneByOne() {
        InventoryTable table = new InventoryTable();
        shuffled().forEach(sku -> table.findOrCreate(new StockKey("S", sku)));

        assertIsInOrder(table);
    }

    @Test
    void ordersWhatIsLoaded() {
        InventoryTable table = new InventoryTable();
        table.load(
                "S",
                shuffled().stream()
                        .map(sku -> new InventoryRecord(new StockKey("S", sku), 1, 1, Instant.EPOCH))
                        .toList());
        table.findOrCreate(new StockKey("S", "\ufb01"));
        table.findOrCreate(new StockKey("S", "\ud83d\udc54"));

        List<String> more = new ArrayList<>(SKUS);
        more.addAll(SKUS.size() - 1, List.of("\ufb01", "\ud83d\udc54"));
        assertThat(skus(table, RangeKey.FIRST, null)).isEqualTo(more);
    }

    @Test
    void readsAPlaceAsItWroteIt() {
        for (String sku : SKUS) {
            RangeKey key = new RangeKey("S", sku);
            assertThat(RangeKey.decoded(key.encoded())).isEqualTo(key);
        }
        assertThat(RangeKey.decoded(RangeKey.FIRST.encoded())).isEqualTo(RangeKey.FIRST);
    }

    private static void assertIsInOrder(InventoryTable table) {
        assertThat(skus(table, RangeKey.FIRST, null)).isEqualTo(SKUS);
        for (int from = 0; from < SKUS.size(); from++) {
            for (int to = from; to < SKUS.size(); to++) {
                assertThat(skus(table, new RangeKey("S", SKUS.get(from)), new RangeKey("S", SKUS.get(to))))
                        .isEqualTo(SKUS.subList(from, to));
            }
        }
    }

    private static List<String> skus(InventoryTable table, RangeKey from, @Nullable RangeKey to) {
        return table.range(from, to).stream().map(SkuRow::sku).toList();
    }

    private static List<String> shuffled() {
        List<String> shuffled = new ArrayList<>(SKUS);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled;
    }
}
