package retail.inventory.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named claim on units of one or more SKUs, of whatever stores, as its latest event left it. Whether it still counts is also
 * for its SKUs to say: one of them may have been taken by somebody who relied on its end ({@link #stateIn}).
 *
 * @param id {@link #ID_RULE}
 * @param version how many events it has had since it was placed
 * @param recorded its state after the latest of them
 * @param placed when it was first placed
 * @param endsMs when it ends: {@link HeldUnits#endsMs}
 * @param reference what it is for; null when nobody said
 * @param lines its SKUs, in the order of keys
 * @param changed when its latest event was decided
 * @param late whether units of it were taken after its end
 */
public record Hold(
        String id,
        long version,
        State recorded,
        Instant placed,
        long endsMs,
        @Nullable String reference,
        List<HoldLine> lines,
        Instant changed,
        boolean late) {

    /** What an id must look like, for error messages. */
    public static final String ID_RULE = StockKey.STORE_ID_RULE;

    /** How long a hold lasts when its caller does not say. */
    public static final Duration LASTS_BY_DEFAULT = Duration.ofMinutes(10);

    /** How long a hold that has an end may last, from its first placing on, however often it is extended. */
    public static final Duration LASTS_AT_MOST = Duration.ofDays(31);

    /** Where a hold stands. */
    public enum State {
        /** Its units are set aside. */
        HELD,
        /** Its units were taken; final. */
        CONFIRMED,
        /** Its units were given back; final. */
        RELEASED,
        /** It has ended: its name is known, its units have to be asked for again. */
        EXPIRED
    }

    /** Keeps its own list. */
    public Hold {
        lines = List.copyOf(lines);
    }

    /** Whether a text is a valid id. */
    public static boolean isId(String text) {
        return StockKey.isStoreId(text);
    }

    /**
     * Whether this is what an event left, or something later: duplicates are harmless then. Of an id that was forgotten and given
     * to another hold, the log says which one is later: clocks go back.
     */
    public boolean contains(Hold other) {
        return placed.equals(other.placed) && version >= other.version;
    }

    /** Whether nothing more can happen to it. */
    public boolean isClosed() {
        return recorded == State.CONFIRMED || recorded == State.RELEASED;
    }

    /** Whether its end has come at an instant. */
    public boolean hasEnded(Instant at) {
        return at.toEpochMilli() >= endsMs;
    }

    /** When it ends; null = never. */
    public @Nullable Instant ends() {
        return endsMs == HeldUnits.NO_END ? null : Instant.ofEpochMilli(endsMs);
    }

    /** Whether it has been over for so long: closed, or ended. */
    public boolean isOver(Instant at, Duration since) {
        Instant over = isClosed() ? changed : ends();
        return over != null && at.minus(since).isAfter(over);
    }

    /** Its SKUs, in order. */
    public List<StockKey> keys() {
        return lines.stream().map(HoldLine::key).toList();
    }

    /** What it has of a SKU; null when it has no such line. */
    public @Nullable HoldLine line(StockKey key) {
        for (HoldLine line : lines) {
            if (line.key().equals(key)) {
                return line;
            }
        }
        return null;
    }

    /**
     * Its state at an instant, on the records of its SKUs: a lapse that the log has stands, whatever the clock says.
     */
    public State stateIn(StockRules.View seen, Instant at) {
        if (recorded != State.HELD) {
            return recorded;
        }
        if (hasEnded(at)) {
            return State.EXPIRED;
        }
        for (HoldLine line : lines) {
            InventoryRecord record = line.qty() == 0 ? null : seen.record(line.key());
            if (line.qty() > 0 && (record == null || record.holds().find(id) == null)) {
                return State.EXPIRED;
            }
        }
        return State.HELD;
    }
}
