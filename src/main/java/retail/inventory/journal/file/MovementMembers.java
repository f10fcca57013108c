package retail.inventory.journal.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a line says of one SKU: its movement, and what its hold has of it. */
final class MovementMembers {

    private static final long UNTOLD = -1;

    String storeId = "";
    String sku = "";
    long delta;
    private long qty;
    private long version;
    private long held;
    private long hold = UNTOLD;
    private long claimed = UNTOLD;
    private long requested = UNTOLD;
    private long confirmed;
    private List<String> lapsed = List.of();

    /** Reads one, without its first token; what nobody knows is skipped. */
    static MovementMembers read(JsonParser parser) {
        MovementMembers one = new MovementMembers();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "storeId" -> one.storeId = parser.getString();
                case "sku" -> one.sku = parser.getString();
                case "delta" -> one.delta = parser.getLongValue();
                case "hold" -> one.hold = parser.getLongValue();
                case "claimed" -> one.claimed = parser.getLongValue();
                case "requested" -> one.requested = parser.getLongValue();
                case "confirmed" -> one.confirmed = parser.getLongValue();
                case "lapsed" -> one.lapsed = texts(parser);
                case "result" -> one.readResult(parser);
                default -> LineDecoder.skip(parser, value);
            }
        }
        return one;
    }

    private static List<String> texts(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(parser.getString());
        }
        return texts;
    }

    /** All that is so afterwards: a member that nobody here keeps would be lost, so it is refused. */
    void readResult(JsonParser parser) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "qty" -> qty = parser.getLongValue();
                case "held" -> held = parser.getLongValue();
                case "version" -> version = parser.getLongValue();
                default ->
                    throw new IllegalArgumentException("its result has a member \"" + name
                            + "\" that this version does not keep: start the version that wrote it");
            }
        }
    }

    private StockKey key() {
        return new StockKey(storeId, sku);
    }

    /**
     * The movement.
     *
     * @param holdId the event's hold; null when it is about none
     * @param endsMs when that ends
     */
    Movement movement(@Nullable String holdId, long endsMs) {
        boolean ofHolds = held != 0 || hold != UNTOLD || !lapsed.isEmpty();
        if (!ofHolds) {
            return new Movement(key(), delta, qty, version);
        }
        HeldUnits own = hold == UNTOLD || holdId == null ? null : new HeldUnits(holdId, hold, endsMs);
        return new Movement(key(), delta, qty, version, new HoldChange(held, own, lapsed));
    }

    /** What the hold has of it; null when the hold has no such line any more. */
    @Nullable
    HoldLine line() {
        long units = claimed == UNTOLD ? Math.max(0, hold) : claimed;
        long asked = requested == UNTOLD ? hold == UNTOLD ? units : hold : requested;
        return units == 0 && confirmed == 0 && requested == UNTOLD
                ? null
                : new HoldLine(key(), asked, units, confirmed);
    }
}
