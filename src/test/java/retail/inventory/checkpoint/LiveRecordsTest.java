package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.LiveRecords;
import retail.inventory.table.SkuRow;
import retail.inventory.table.SkuRow.Snapshot;

/** All durable records of a table in this process. */
class LiveRecordsTest {

    private static final int PAGE = 1000;

    @Test
    void handsOverTheRecordsOfAllStoresOnceEach() throws IOException {
        for (int records : new int[] {1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 2 * PAGE + 500}) {
            SavedTable table =
                    table().changeMany("A", 0, records).change("B", "x:y z").changeMany("C", 0, 3);
            table.change("C", SavedTable.sku(1));

            List<List<InventoryRecord>> pages = pages(table);

            List<InventoryRecord> all = pages.stream().flatMap(List::stream).toList();
            assertThat(all)
                    .as(records + " records")
                    .containsExactlyInAnyOrderElementsOf(table.expected().values());
            assertThat(pages).allSatisfy(page -> {
                assertThat(page).hasSizeBetween(1, PAGE);
                assertThat(page.stream().map(record -> record.key().storeId()).distinct())
                        .as("of one store")
                        .hasSize(1);
            });
        }
    }

    @Test
    void findsNothingInAnEmptyTable() throws IOException {
        SavedTable table = table();
        assertThat(pages(table)).isEmpty();
        table.table().findOrCreate(new StockKey("A", "asked for only"));
        assertThat(pages(table).stream().flatMap(List::stream)).isEmpty();
    }

    @Test
    void waitsUntilARecordIsDurable() throws IOException {
        AtomicInteger awaited = new AtomicInteger();
        SavedTable table = table().change("A", "one").change("A", "two", () -> {
            awaited.incrementAndGet();
            return true;
        });
        assertThat(pages(table)).containsExactly(List.copyOf(table.expected().values()));
        assertThat(awaited).hasValue(1);
    }

    @Test
    void handsOverWhatIsLeftOfAChangeThatWasTakenBack() throws IOException {
        SavedTable table = table().change("A", "changed").change("A", "other");
        List<InventoryRecord> durable = List.copyOf(table.expected().values());
        takenBack(table, new StockKey("A", "changed"), 2);
        takenBack(table, new StockKey("A", "new"), 1);

        assertThat(pages(table)).containsExactly(durable);
    }

    /** Puts a change in place that turns out not to be durable when somebody waits for it. */
    private static void takenBack(SavedTable table, StockKey key, long version) {
        SkuRow row = table.table().findOrCreate(key);
        Snapshot before = row.snapshot();
        InventoryRecord lost = new InventoryRecord(key, 99, version, Instant.EPOCH);
        row.holding(now -> {
            row.apply(lost, () -> {
                row.holding(later -> {
                    row.restore(before);
                    return later;
                });
                return false;
            });
            return now;
        });
    }

    @Test
    void givesUpWhenTheDiskIsTooSlowToTell() throws IOException {
        SavedTable table = table().change("A", "one").change("B", "one", () -> {
            throw new CommitTimeoutException("held");
        });
        assertThatThrownBy(() -> pages(table)).isInstanceOf(CommitTimeoutException.class);
    }

    @Test
    void handsOverEachRecordOnceWhileOthersCome() throws IOException {
        SavedTable table = table().changeMany("A", 0, 2 * PAGE);
        List<InventoryRecord> before = List.copyOf(table.expected().values());
        List<InventoryRecord> read = new ArrayList<>();
        new LiveRecords(table.table()).forEach(page -> {
            if (read.isEmpty()) {
                table.change("A", "A before all")
                        .change("A", SavedTable.sku(500) + "x")
                        .change("A", "Z behind");
            }
            read.addAll(page);
        });
        assertThat(read.stream().map(InventoryRecord::key)).doesNotHaveDuplicates();
        assertThat(read).containsAll(before);
        assertThat(read.getLast().key().sku()).isEqualTo("Z behind");
    }

    private static SavedTable table() throws IOException {
        return SavedTable.empty(new SimDisk());
    }

    private static List<List<InventoryRecord>> pages(SavedTable table) {
        List<List<InventoryRecord>> pages = new ArrayList<>();
        new LiveRecords(table.table()).forEach(pages::add);
        return pages;
    }
}
