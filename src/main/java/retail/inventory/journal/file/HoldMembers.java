package retail.inventory.journal.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Timestamps;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldLine;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the payload of a line says of the event's hold. */
final class HoldMembers {

    @Nullable
    String id;

    long endsMs = HeldUnits.NO_END;
    private long version;
    private Hold.State state = Hold.State.HELD;
    private @Nullable Instant placed;
    private @Nullable String reference;
    private boolean late;
    private final List<MovementMembers> unmoved = new ArrayList<>();

    /** Reads the value of a member that is about the hold; false when it is not. */
    boolean reads(String name, JsonParser parser) {
        switch (name) {
            case "holdId" -> id = parser.getString();
            case "holdVersion" -> version = parser.getLongValue();
            case "state" -> state = Hold.State.valueOf(parser.getString());
            case "placedAt" -> placed = Instant.ofEpochMilli(Timestamps.millis(parser.getString()));
            case "expiresAt" -> endsMs = Timestamps.millis(parser.getString());
            case "holdReference" -> reference = parser.getString();
            case "late" -> late = parser.getBooleanValue();
            case "unmoved" -> {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    unmoved.add(MovementMembers.read(parser));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The hold after the event; null when the event is about none. */
    @Nullable
    Hold hold(List<MovementMembers> moved, Instant at) {
        if (id == null) {
            return null;
        }
        List<HoldLine> lines = new ArrayList<>();
        for (List<MovementMembers> some : List.of(moved, unmoved)) {
            for (MovementMembers one : some) {
                HoldLine line = one.line();
                if (line != null) {
                    lines.add(line);
                }
            }
        }
        lines.sort(Comparator.comparing(HoldLine::key));
        return new Hold(id, version, state, placed == null ? at : placed, endsMs, reference, lines, at, late);
    }
}
