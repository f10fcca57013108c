package retail.inventory.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.disk.CrcMember;
import retail.inventory.disk.Disk;
import retail.inventory.disk.Timestamps;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The content of one inventory file: some records of one store, and the sequence up to which they are complete.
 *
 * <pre>{@code
 * {"storeId":"STORE001","from":"","through":42,"records":{
 *  "SKU123":{"qty":12,"version":8,"updatedAt":"2026-11-22T10:00:00.123Z"}},"crc":"9f3a01c2"}
 * }</pre>
 *
 * @param from the first SKU of the range this file is for; empty = from the beginning
 * @param through every event up to this sequence is contained
 */
record InventoryFile(String storeId, String from, long through, List<InventoryRecord> records) {

    private static final JsonFactory JSON = new JsonFactory();

    /** A file that is not what was written. */
    static final class DamagedFileException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedFileException(String reason) {
            super(reason);
        }
    }

    /** Whether a file of the directory is one of these. */
    static boolean isName(String name) {
        return name.endsWith(".json") && !name.equals(Checkpoint.NAME);
    }

    /** Reads a file of a directory, which must be of the store that its name says. */
    static InventoryFile read(Disk disk, Path directory, String name) throws IOException, DamagedFileException {
        InventoryFile file = decode(disk.read(directory.resolve(name)));
        if (!file.storeId().equals(StoreFiles.storeOf(name))) {
            throw new DamagedFileException("it is of store " + file.storeId());
        }
        return file;
    }

    ByteBuffer encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 + 96 * records.size());
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("storeId", storeId);
            json.writeStringProperty("from", from);
            json.writeNumberProperty("through", through);
            json.writeObjectPropertyStart("records");
            for (InventoryRecord record : records) {
                json.writeRaw('\n');
                json.writeObjectPropertyStart(record.key().sku());
                json.writeNumberProperty("qty", record.qty());
                json.writeNumberProperty("version", record.version());
                json.writeStringProperty("updatedAt", record.updatedAt().toString());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return seal(out.toByteArray());
    }

    /** Puts the checksum in place of the closing brace. */
    static ByteBuffer seal(byte[] object) {
        int open = object.length - 1;
        byte[] sealed = Arrays.copyOf(object, open + CrcMember.BYTES + 1);
        int end = CrcMember.append(sealed, 0, open);
        sealed[end] = '\n';
        return ByteBuffer.wrap(sealed);
    }

    static InventoryFile decode(byte[] content) throws DamagedFileException {
        requireWhole(content);
        Members members = new Members();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "storeId" -> members.storeId = parser.getString();
                    case "from" -> members.from = parser.getString();
                    case "through" -> members.through = parser.getLongValue();
                    case "records" -> readRecords(parser, members);
                    default -> skip(parser, value);
                }
            }
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException("its checksum is right but it is no inventory file: " + e.getMessage());
        }
        return new InventoryFile(members.storeId, members.from, members.through, members.records);
    }

    static void requireWhole(byte[] content) throws DamagedFileException {
        int length = content.length;
        if (length == 0 || content[length - 1] != '\n') {
            throw new DamagedFileException("it does not end with a line end");
        }
        String damage = CrcMember.damage(content, 0, length - 1);
        if (damage != null) {
            throw new DamagedFileException(damage);
        }
    }

    private static void readRecords(JsonParser parser, Members members) {
        for (String sku = parser.nextName(); sku != null; sku = parser.nextName()) {
            parser.nextToken();
            long qty = -1;
            long version = 0;
            long updatedAtMs = 0;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "qty" -> qty = parser.getLongValue();
                    case "version" -> version = parser.getLongValue();
                    case "updatedAt" -> updatedAtMs = Timestamps.millis(parser.getString());
                    default -> skip(parser, value);
                }
            }
            members.records.add(new InventoryRecord(
                    new StockKey(members.storeId, sku), qty, version, Instant.ofEpochMilli(updatedAtMs)));
        }
    }

    private static void skip(JsonParser parser, @Nullable JsonToken value) {
        if (value != null && value.isStructStart()) {
            parser.skipChildren();
        }
    }

    private static final class Members {
        private String storeId = "";
        private String from = "";
        private long through;
        private final List<InventoryRecord> records = new ArrayList<>();
    }
}
