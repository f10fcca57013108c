package retail.inventory.checkpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import retail.inventory.files.Timestamps;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a record in an inventory file says of the units that are set aside; nothing when none are.
 *
 * <pre>{@code
 * "holds":[{"holdId":"h1","qty":2,"expiresAt":"2026-11-22T10:10:00.123Z"},{"holdId":"order-7","qty":1}]
 * }</pre>
 */
final class RecordHolds {

    private RecordHolds() {}

    static void write(JsonGenerator json, Holds holds) {
        if (holds.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("holds");
        for (HeldUnits units : holds.all()) {
            json.writeStartObject();
            json.writeStringProperty("holdId", units.holdId());
            json.writeNumberProperty("qty", units.qty());
            Instant ends = units.ends();
            if (ends != null) {
                json.writeStringProperty("expiresAt", ends.toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Reads the array, its first token included.
     *
     * @throws IllegalArgumentException when it is none, or one that no record has
     */
    static Holds read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("holds is no array");
        }
        List<HeldUnits> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            HeldUnits units = readOne(parser);
            if (units.holdId().isEmpty() || units.qty() < 1 || !ids.add(units.holdId())) {
                throw new IllegalArgumentException(
                        "hold \"" + units.holdId() + "\" has no units of a record, or has them twice");
            }
            all.add(units);
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new IllegalArgumentException("holds has what is no hold");
        }
        return Holds.of(all);
    }

    private static HeldUnits readOne(JsonParser parser) {
        String holdId = "";
        long qty = 0;
        long endsMs = HeldUnits.NO_END;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "holdId" -> holdId = parser.getString();
                case "qty" -> qty = parser.getLongValue();
                case "expiresAt" -> endsMs = Timestamps.millis(parser.getString());
                default -> InventoryFile.skip(parser, value);
            }
        }
        return new HeldUnits(holdId, qty, endsMs);
    }
}
