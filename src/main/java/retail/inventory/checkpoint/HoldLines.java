package retail.inventory.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.files.Timestamps;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.StockKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The lines of a file of holds behind its first one: a hold as its latest event left it, or that it is forgotten. */
final class HoldLines {

    private static final JsonFactory JSON = new JsonFactory();

    private HoldLines() {}

    /**
     * A line.
     *
     * @param hold null when it is forgotten
     */
    record Line(String holdId, @Nullable Hold hold) {}

    static ByteBuffer forgotten(String holdId) {
        return line(json -> json.writeStringProperty("forgotten", holdId));
    }

    static ByteBuffer of(Hold hold) {
        return line(json -> {
            json.writeStringProperty("holdId", hold.id());
            json.writeNumberProperty("version", hold.version());
            json.writeStringProperty("state", hold.recorded().name());
            json.writeStringProperty("placedAt", hold.placed().toString());
            json.writeStringProperty("changedAt", hold.changed().toString());
            Instant ends = hold.ends();
            if (ends != null) {
                json.writeStringProperty("expiresAt", ends.toString());
            }
            if (hold.reference() != null) {
                json.writeStringProperty("reference", hold.reference());
            }
            if (hold.late()) {
                json.writeBooleanProperty("late", true);
            }
            json.writeArrayPropertyStart("lines");
            for (HoldLine line : hold.lines()) {
                json.writeStartObject();
                json.writeStringProperty("storeId", line.key().storeId());
                json.writeStringProperty("sku", line.key().sku());
                json.writeNumberProperty("requested", line.requested());
                json.writeNumberProperty("qty", line.qty());
                json.writeNumberProperty("confirmed", line.confirmed());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static ByteBuffer line(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return FileFormat.seal(out.toByteArray());
    }

    /** Reads a line, given without its end. */
    static Line read(byte[] bytes, int offset, int length) throws DamagedFileException {
        String damage = Checksum.damage(bytes, offset, length);
        if (damage != null) {
            throw new DamagedFileException(damage);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            parser.nextToken();
            return readMembers(parser);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedFileException("its checksum is right but it is no hold: " + e.getMessage());
        }
    }

    private static Line readMembers(JsonParser parser) {
        String id = "";
        long version = 0;
        Hold.State state = null;
        long placedMs = 0;
        long changedMs = 0;
        long endsMs = HeldUnits.NO_END;
        String reference = null;
        boolean late = false;
        List<HoldLine> lines = List.of();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "holdId", "forgotten" -> id = parser.getString();
                case "version" -> version = parser.getLongValue();
                case "state" -> state = Hold.State.valueOf(parser.getString());
                case "placedAt" -> placedMs = Timestamps.millis(parser.getString());
                case "changedAt" -> changedMs = Timestamps.millis(parser.getString());
                case "expiresAt" -> endsMs = Timestamps.millis(parser.getString());
                case "reference" -> reference = parser.getString();
                case "late" -> late = parser.getBooleanValue();
                case "lines" -> lines = readLines(parser);
                default -> InventoryFile.skip(parser, value);
            }
        }
        if (!Hold.isId(id)) {
            throw new IllegalArgumentException("it has no id");
        }
        if (state == null) {
            return new Line(id, null);
        }
        Instant placed = Instant.ofEpochMilli(placedMs);
        Instant changed = Instant.ofEpochMilli(changedMs);
        return new Line(id, new Hold(id, version, state, placed, endsMs, reference, lines, changed, late));
    }

    private static List<HoldLine> readLines(JsonParser parser) {
        List<HoldLine> lines = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String storeId = "";
            String sku = "";
            long requested = 0;
            long qty = 0;
            long confirmed = 0;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "storeId" -> storeId = parser.getString();
                    case "sku" -> sku = parser.getString();
                    case "requested" -> requested = parser.getLongValue();
                    case "qty" -> qty = parser.getLongValue();
                    case "confirmed" -> confirmed = parser.getLongValue();
                    default -> InventoryFile.skip(parser, value);
                }
            }
            lines.add(new HoldLine(new StockKey(storeId, sku), requested, qty, confirmed));
        }
        return lines;
    }
}
