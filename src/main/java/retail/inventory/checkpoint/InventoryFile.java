package retail.inventory.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.files.Timestamps;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.RangeKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The content of one inventory file: the records of a range of stores and SKUs, in order, a line each between a first line
 * that says what the file is and a last one with the checksum of all before it.
 *
 * <pre>{@code
 * {"format":4,"logId":"ab63…","file":1,"from":"STORE001/SKU123","through":42}
 * {"storeId":"STORE001","sku":"SKU123","qty":12,"version":8,"updatedAt":"2026-11-22T10:00:00.123Z"}
 * {"records":1,"crc":"9f3a01c2"}
 * }</pre>
 *
 * @param logId the log whose sequence {@code through} is; null in format 2, and when the log has none
 * @param number the number in the file's name
 * @param from where the range begins; it ends where that of the next file begins
 * @param through every event up to this sequence is contained
 */
record InventoryFile(@Nullable String logId, int number, RangeKey from, long through, List<InventoryRecord> records) {

    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator("\n").build();
    private static final Pattern NAME = Pattern.compile("records-(\\d{6,9})\\.jsonl");
    private static final Pattern ANY_NAME = Pattern.compile(NAME.pattern() + "(\\.damaged)?");

    /** Room for the longest first line. */
    private static final int FIRST_LINE_BYTES = 1024;

    /** Whether a file of the directory is one of these. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "records-%06d.jsonl", number);
    }

    /** The number in a name, be it of a file that was put aside; 0 when it is no such name. */
    static int number(String name) {
        Matcher matcher = ANY_NAME.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Reads a file of a directory, which must be the one that its name says. */
    static InventoryFile read(Disk disk, Path directory, String name) throws IOException, DamagedFileException {
        InventoryFile file = decode(disk.read(directory.resolve(name)), directory.resolve(name));
        if (file.number() != number(name)) {
            throw new DamagedFileException("it is " + name(file.number()));
        }
        return file;
    }

    /** Where a file's range begins, as its first line says; not checked, so good for an order only. */
    static RangeKey firstOf(Disk disk, Path file) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(FIRST_LINE_BYTES);
        try (Disk.ReadableFile in = disk.openForRead(file)) {
            while (line.hasRemaining() && in.read(line, line.position()) > 0) {}
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.array(), 0, line.position())) {
            return readFirstLine(parser, new Members()).from;
        } catch (JacksonException | IllegalArgumentException damaged) {
            return RangeKey.FIRST; // it is found when the file is read
        }
    }

    ByteBuffer encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + 112 * records.size());
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FileFormat.NUMBER);
            if (logId != null) {
                json.writeStringProperty("logId", logId);
            }
            json.writeNumberProperty("file", number);
            json.writeStringProperty("from", from.encoded());
            json.writeNumberProperty("through", through);
            json.writeEndObject();
            for (InventoryRecord record : records) {
                json.writeStartObject();
                json.writeStringProperty("storeId", record.key().storeId());
                json.writeStringProperty("sku", record.key().sku());
                json.writeNumberProperty("qty", record.qty());
                RecordHolds.write(json, record.holds());
                json.writeNumberProperty("version", record.version());
                json.writeStringProperty("updatedAt", record.updatedAt().toString());
                json.writeEndObject();
            }
            json.writeStartObject();
            json.writeNumberProperty("records", records.size());
            json.writeEndObject();
        }
        return FileFormat.seal(out.toByteArray());
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param file for what a person is told when a newer version wrote it
     */
    static InventoryFile decode(byte[] content, Path file) throws DamagedFileException {
        FileFormat.requireWhole(content);
        Members members = new Members();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            readFirstLine(parser, members);
            FileFormat.requireKnown(members.format, file);
            while (parser.nextToken() != null) {
                readRecord(parser, members);
            }
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException("its checksum is right but it is no inventory file: " + e.getMessage());
        }
        return new InventoryFile(members.logId, members.number, members.from, members.through, members.records);
    }

    private static Members readFirstLine(JsonParser parser, Members members) {
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "format" -> members.format = parser.getIntValue();
                case "logId" -> members.logId = parser.getString();
                case "file" -> members.number = parser.getIntValue();
                case "from" -> members.from = RangeKey.decoded(parser.getString());
                case "through" -> members.through = parser.getLongValue();
                default -> skip(parser, value);
            }
        }
        return members;
    }

    private static void readRecord(JsonParser parser, Members members) {
        String sku = null;
        long qty = -1;
        Holds holds = Holds.NONE;
        long version = 0;
        long updatedAtMs = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "storeId" -> members.atStore(parser.getString());
                case "sku" -> sku = parser.getString();
                case "qty" -> qty = parser.getLongValue();
                case "holds" -> holds = RecordHolds.read(parser);
                case "version" -> version = parser.getLongValue();
                case "updatedAt" -> updatedAtMs = Timestamps.millis(parser.getString());
                default -> skip(parser, value);
            }
        }
        if (sku != null) { // the last line has none
            members.records.add(new InventoryRecord(
                    new StockKey(members.storeId, sku), qty, holds, version, Instant.ofEpochMilli(updatedAtMs)));
        }
    }

    static void skip(JsonParser parser, @Nullable JsonToken value) {
        if (value != null && value.isStructStart()) {
            parser.skipChildren();
        }
    }

    private static final class Members {
        private int format;
        private @Nullable String logId;
        private int number;
        private RangeKey from = RangeKey.FIRST;
        private long through;
        private String storeId = "";
        private final List<InventoryRecord> records = new ArrayList<>();

        /** Rows of one store share its text. */
        private void atStore(String id) {
            if (!id.equals(storeId)) {
                storeId = id;
            }
        }
    }
}
