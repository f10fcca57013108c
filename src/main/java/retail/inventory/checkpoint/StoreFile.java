package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import retail.inventory.files.Disk;
import retail.inventory.files.Timestamps;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An inventory file of format 1, which held records of one store: {@code STORE001.json}, for more than 2,000 SKUs also
 * {@code STORE001~1.json} and so on. Read where an earlier version left them, and written no more.
 *
 * <pre>{@code
 * {"storeId":"STORE001","from":"","through":42,"records":{
 *  "SKU123":{"qty":12,"version":8,"updatedAt":"2026-11-22T10:00:00.123Z"}},"crc":"9f3a01c2"}
 * }</pre>
 */
final class StoreFile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SUFFIX = ".json";

    private StoreFile() {}

    /** Whether a file of the directory is one of these. */
    static boolean isName(String name) {
        return name.endsWith(SUFFIX) && !name.equals(Checkpoint.NAME_OF_FORMAT_1);
    }

    /** Reads the records of a file, which must be of the store that its name says. */
    static List<InventoryRecord> read(Disk disk, Path directory, String name) throws IOException, DamagedFileException {
        byte[] content = disk.read(directory.resolve(name));
        FileFormat.requireWhole(content);
        try {
            JsonNode file = JSON.readTree(content);
            String storeId = file.path("storeId").asString("");
            if (!storeId.equals(storeOf(name))) {
                throw new DamagedFileException("it is of store " + storeId);
            }
            List<InventoryRecord> records = new ArrayList<>();
            for (var record : file.path("records").properties()) {
                records.add(new InventoryRecord(
                        new StockKey(storeId, record.getKey()),
                        record.getValue().path("qty").asLong(-1),
                        record.getValue().path("version").asLong(0),
                        Instant.ofEpochMilli(Timestamps.millis(
                                record.getValue().path("updatedAt").asString("")))));
            }
            return records;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException("its checksum is right but it is no inventory file: " + e.getMessage());
        }
    }

    private static String storeOf(String name) {
        int tilde = name.indexOf('~');
        return name.substring(0, tilde >= 0 ? tilde : name.length() - SUFFIX.length());
    }
}
