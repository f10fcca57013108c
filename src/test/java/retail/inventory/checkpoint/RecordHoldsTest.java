package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.RangeKey;

/** The units that are set aside of a SKU, in its line of an inventory file. */
class RecordHoldsTest {

    private static final Path FILE = Path.of("records-000001.jsonl");
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final long END = AT.plusSeconds(600).toEpochMilli();

    @Test
    void recordsComeBackWithWhatIsSetAside() throws DamagedFileException {
        List<HeldUnits> many = new ArrayList<>();
        for (int i = 0; i < Holds.COUNT_MAX; i++) {
            many.add(new HeldUnits("cart-" + i, 1, END + i % 7));
        }
        List<InventoryRecord> records = List.of(
                record("a", 20_000, Holds.of(many)),
                record("b", 5, Holds.of(List.of(new HeldUnits("h1", 2, END)))),
                record("c", 3, Holds.of(List.of(new HeldUnits("order-7", 3, HeldUnits.NO_END)))),
                record("d", 1, Holds.NONE));
        InventoryFile file = new InventoryFile("ab63", 1, RangeKey.FIRST, 42, records);
        assertThat(InventoryFile.decode(bytes(file.encode()), FILE)).isEqualTo(file);
    }

    @Test
    void lineNamesEachHoldAndItsEnd() {
        Holds holds = Holds.of(List.of(new HeldUnits("order-7", 1, HeldUnits.NO_END), new HeldUnits("h1", 2, END)));
        assertThat(line(record("a", 5, holds)))
                .isEqualTo("{\"storeId\":\"S\",\"sku\":\"a\",\"qty\":5,\"holds\":["
                        + "{\"holdId\":\"h1\",\"qty\":2,\"expiresAt\":\"2026-11-22T10:10:00Z\"},"
                        + "{\"holdId\":\"order-7\",\"qty\":1}],\"version\":8,\"updatedAt\":\"2026-11-22T10:00:00Z\"}");
        assertThat(line(record("a", 5, Holds.NONE))).doesNotContain("holds");
    }

    @Test
    void holdsThatNoRecordHasAreDamage() {
        String h1 = "{\"holdId\":\"h1\",\"qty\":2}";
        for (String holds : List.of(
                "[{\"holdId\":\"h1\",\"qty\":0}]",
                "[{\"holdId\":\"h1\",\"qty\":-1}]",
                "[{\"holdId\":\"h1\"}]",
                "[{\"qty\":1}]",
                "[" + h1 + "," + h1 + "]",
                "[" + h1 + ",{\"holdId\":\"h1\",\"qty\":1,\"expiresAt\":\"2026-11-22T10:10:00Z\"}]",
                "[{\"holdId\":\"h1\",\"qty\":1,\"expiresAt\":\"soon\"}]",
                "[1]",
                "{}",
                "2")) {
            assertThatThrownBy(() -> InventoryFile.decode(withHolds(4, holds), FILE))
                    .as(holds)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining("it is no inventory file");
        }
    }

    @Test
    void formerFormatsAreReadAndLaterOnesAreNot() throws DamagedFileException {
        String none = withHoldsText(3, "[]").replace("\"holds\":[],", "");
        assertThat(InventoryFile.decode(sealed(none), FILE).records()).containsExactly(record("a", 5, Holds.NONE));
        assertThatThrownBy(() -> InventoryFile.decode(withHolds(FileFormat.NUMBER + 1, "[]"), FILE))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("start the version that wrote it, or a newer one");
    }

    private static InventoryRecord record(String sku, long qty, Holds holds) {
        return new InventoryRecord(new StockKey("S", sku), qty, holds, 8, AT);
    }

    private static String line(InventoryRecord record) {
        byte[] content = bytes(new InventoryFile(null, 1, RangeKey.FIRST, 42, List.of(record)).encode());
        return new String(content, UTF_8).lines().skip(1).findFirst().orElseThrow();
    }

    private static byte[] withHolds(int format, String holds) {
        return sealed(withHoldsText(format, holds));
    }

    private static String withHoldsText(int format, String holds) {
        return "{\"format\":" + format + ",\"file\":1,\"from\":\"\",\"through\":42}\n"
                + "{\"storeId\":\"S\",\"sku\":\"a\",\"qty\":5,\"holds\":" + holds
                + ",\"version\":8,\"updatedAt\":\"2026-11-22T10:00:00Z\"}\n{\"records\":1}";
    }

    private static byte[] sealed(String text) {
        return bytes(FileFormat.seal(text.getBytes(UTF_8)));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
