package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.InventoryRecord;

/** Reading the inventory files of another process, which goes on writing them. */
class SavedRecordsTest {

    private static final int SPLIT = 2 * InventoryFiles.RECORDS_PER_FILE;

    private final SimDisk disk = new SimDisk();
    private final SavedRecords saved = new SavedRecords(disk, SavedTable.DIRECTORY);

    @Test
    void findsNothingWhereNothingWasSaved() throws IOException {
        assertThat(saved.through()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void handsOverTheRecordsOfAllStoresAFileAtATime() throws IOException {
        SavedTable table = SavedTable.empty(disk)
                .changeMany("A", 0, SPLIT + 1)
                .change("B", "x:y z")
                .change("B", "x:y z")
                .change("C", "one");
        table.save();

        List<List<InventoryRecord>> files = files();

        assertThat(files).hasSize(3);
        assertThat(files.stream().mapToInt(List::size).sum())
                .as("none twice")
                .isEqualTo(table.expected().size());
        assertThat(byKey(files)).isEqualTo(table.expected());
        assertThat(saved.through()).isEqualTo(SPLIT + 4);
    }

    @Test
    void takesNoticeOfInventoryFilesOnly() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        table.save();
        byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
        disk.put(SavedTable.DIRECTORY.resolve(SavedTable.FIRST + ".tmp"), garbage);
        disk.put(SavedTable.DIRECTORY.resolve(SavedTable.SECOND + ".damaged"), garbage);
        disk.put(SavedTable.DIRECTORY.resolve("A.json"), garbage);

        assertThat(byKey(files())).isEqualTo(table.expected());
    }

    @Test
    void missesNoRecordWhenAStoreIsSplitBetweenListingAndReading() throws IOException {
        for (int nth = 1; nth <= 8; nth++) {
            SimDisk splitting = new SimDisk();
            SavedTable table = SavedTable.empty(splitting)
                    .change("0", "before")
                    .changeMany("A", 0, SPLIT)
                    .change("B", "behind");
            table.save();
            NavigableMap<String, InventoryRecord> before = table.expected();
            splitting.hook(atTheOpening(nth, () -> {
                splitting.hook(DiskHook.NONE);
                assertThat(table.changeMany("A", SPLIT, 2 * SPLIT).save()).isGreaterThanOrEqualTo(3);
            }));

            NavigableMap<String, InventoryRecord> read = byKey(files(splitting));

            assertThat(splitting.list(SavedTable.DIRECTORY)).contains("records-000005.jsonl");
            assertThat(missing(before, read))
                    .as("split before file " + nth + " was opened")
                    .isEmpty();
        }
    }

    @Test
    void missesNoRecordAtAnyMomentOfASplit() throws IOException {
        SavedTable table = SavedTable.empty(disk).changeMany("A", 0, SPLIT).change("B", "behind");
        table.save();
        NavigableMap<String, InventoryRecord> before = table.expected();
        table.changeMany("A", SPLIT, SPLIT + 600);
        AtomicInteger moments = new AtomicInteger();
        AtomicInteger depth = new AtomicInteger();
        disk.hook((operation, file) -> {
            if (depth.getAndIncrement() == 0) {
                moments.incrementAndGet();
                assertThat(missing(before, byKey(files())))
                        .as("before " + operation + " of " + file)
                        .isEmpty();
            }
            depth.decrementAndGet();
        });

        table.save();

        assertThat(moments).hasValueGreaterThan(10);
        assertThat(byKey(files())).isEqualTo(table.expected());
    }

    @Test
    void namesTheFileThatIsDamaged() throws IOException {
        SavedTable.inSmallFiles(disk)
                .change("A", "one")
                .change("B", "two")
                .change("C", "three")
                .save();
        for (String name : List.of(SavedTable.FIRST, SavedTable.SECOND, Checkpoint.NAME)) {
            Path file = SavedTable.DIRECTORY.resolve(name);
            byte[] whole = disk.read(file);
            for (int at = 0; at < whole.length; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x10;
                disk.put(file, damaged);
                assertThatThrownBy(name.equals(Checkpoint.NAME) ? saved::through : this::files)
                        .as(name + ", byte " + at)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("is damaged");
            }
            disk.put(file, whole);
        }
        assertThat(files()).hasSize(3);
        assertThat(saved.through()).isEqualTo(3);
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        SavedTable.empty(disk).change("A", "one").save();
        disk.hook(DiskHook.failing(Operation.OPEN, 4)); // after the checkpoints, and its first line
        assertThatThrownBy(this::files).isInstanceOf(IOException.class).hasMessageContaining(SavedTable.FIRST);
    }

    @Test
    void changesNothing() throws IOException {
        SavedTable table = SavedTable.empty(disk).changeMany("A", 0, SPLIT + 1).change("B", "one");
        table.save();
        byte[] damaged = "damaged".getBytes(StandardCharsets.US_ASCII);
        disk.put(SavedTable.DIRECTORY.resolve("records-000009.jsonl"), damaged);
        Map<String, String> before = contents();
        List<String> opened = new ArrayList<>();
        disk.hook((operation, file) -> {
            assertThat(operation).as("of " + file).isEqualTo(Operation.OPEN);
            opened.add(file.getFileName().toString());
        });

        assertThatThrownBy(this::files).isInstanceOf(IOException.class);
        disk.remove(SavedTable.DIRECTORY.resolve("records-000009.jsonl"));
        before.remove("records-000009.jsonl");
        opened.clear();
        files();
        saved.through();

        assertThat(Collections.frequency(opened, SavedTable.FIRST))
                .as("once, and its first line")
                .isEqualTo(2);
        assertThat(Collections.frequency(opened, SavedTable.THIRD))
                .as("once, and its first line")
                .isEqualTo(2);
        assertThat(contents()).isEqualTo(before);
    }

    private static DiskHook atTheOpening(int nth, Change change) {
        AtomicInteger left = new AtomicInteger(nth);
        return (operation, file) -> {
            if (operation == Operation.OPEN && left.decrementAndGet() == 0) {
                change.run();
            }
        };
    }

    /** What another process does meanwhile. */
    private interface Change {
        void run() throws IOException;
    }

    private List<List<InventoryRecord>> files() throws IOException {
        return files(disk);
    }

    private static List<List<InventoryRecord>> files(SimDisk from) throws IOException {
        List<List<InventoryRecord>> files = new ArrayList<>();
        new SavedRecords(from, SavedTable.DIRECTORY).forEach(files::add);
        return files;
    }

    private static NavigableMap<String, InventoryRecord> byKey(List<List<InventoryRecord>> files) {
        TreeMap<String, InventoryRecord> records = new TreeMap<>();
        files.forEach(file -> file.forEach(record -> records.merge(
                record.key().storeId() + "/" + record.key().sku(),
                record,
                (one, other) -> one.version() < other.version() ? other : one)));
        return records;
    }

    private static List<String> missing(
            NavigableMap<String, InventoryRecord> saved, NavigableMap<String, InventoryRecord> read) {
        return saved.entrySet().stream()
                .filter(record -> !record.getValue().equals(read.get(record.getKey())))
                .map(Map.Entry::getKey)
                .limit(5)
                .toList();
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new HashMap<>();
        for (String name : disk.list(SavedTable.DIRECTORY)) {
            try {
                byte[] content = disk.read(SavedTable.DIRECTORY.resolve(name));
                contents.put(name, new String(content, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return contents;
    }
}
