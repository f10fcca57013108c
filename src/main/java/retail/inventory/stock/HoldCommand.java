package retail.inventory.stock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A wish to set units aside, or for what becomes of them. */
public sealed interface HoldCommand extends Command {

    /** The hold: {@link Hold#ID_RULE}. */
    String holdId();

    /** The SKUs it names, in order; those that the hold has are concerned too. */
    List<StockKey> named();

    /** What is wished, whoever may: what repeats it is the same wish. */
    default HoldCommand wish() {
        return this;
    }

    /**
     * The hold is exactly these lines, for so long from now on: places it, changes it, extends it, asks for its units again.
     *
     * @param lines what is to be set aside, in the order of keys; each key once
     * @param lastsMs how long from now, in milliseconds; {@link HeldUnits#NO_END} = until somebody ends it
     * @param partial whether less than is asked for will do
     * @param condition on what the hold is now
     */
    record PlaceHold(
            String holdId,
            List<Line> lines,
            long lastsMs,
            boolean partial,
            Condition condition,
            UUID id,
            Instant at,
            Cause cause)
            implements HoldCommand {
        /** Adds up what is asked of the same SKU. */
        public PlaceHold {
            requireId(holdId);
            if (lastsMs != HeldUnits.NO_END) {
                requireLasts(lastsMs);
            } else if (cause.reference() == null) {
                throw new IllegalArgumentException("a hold without an end must have a reference");
            }
            lines = Line.summed(lines);
        }

        @Override
        public List<StockKey> named() {
            return lines.stream().map(Line::key).toList();
        }
    }

    /**
     * What a hold must be for a {@link PlaceHold} to change it.
     *
     * @param absent it must not be there
     * @param version it must have this version; null = any
     */
    record Condition(boolean absent, @Nullable Long version) {
        /** Whatever it is. */
        public static final Condition NONE = new Condition(false, null);
    }

    /**
     * The same lines for so long from now on.
     *
     * @param lastsMs how long from now, in milliseconds
     */
    record ExtendHold(String holdId, long lastsMs, UUID id, Instant at, Cause cause) implements HoldCommand {
        /** Holds the rules. */
        public ExtendHold {
            requireId(holdId);
            requireLasts(lastsMs);
        }

        @Override
        public List<StockKey> named() {
            return List.of();
        }
    }

    /**
     * Its units leave the stock: they were sold.
     *
     * @param part which of them; null = all
     * @param releaseRest whether what is not named is given back
     */
    record ConfirmHold(String holdId, @Nullable List<Line> part, boolean releaseRest, UUID id, Instant at, Cause cause)
            implements HoldCommand {
        /** Adds up what is asked of the same SKU. */
        public ConfirmHold {
            requireId(holdId);
            part = part == null ? null : Line.summed(part);
        }

        @Override
        public List<StockKey> named() {
            return keys(part);
        }
    }

    /**
     * Its units are free again.
     *
     * @param part which of them; null = all
     */
    record ReleaseHold(String holdId, @Nullable List<Line> part, UUID id, Instant at, Cause cause)
            implements HoldCommand {
        /** Adds up what is asked of the same SKU. */
        public ReleaseHold {
            requireId(holdId);
            part = part == null ? null : Line.summed(part);
        }

        @Override
        public List<StockKey> named() {
            return keys(part);
        }
    }

    /** Its end has come, and is to be written down. */
    record ExpireHold(String holdId, UUID id, Instant at, Cause cause) implements HoldCommand {
        /** Holds the rule. */
        public ExpireHold {
            requireId(holdId);
        }

        @Override
        public List<StockKey> named() {
            return List.of();
        }
    }

    /**
     * A wish of somebody who may not change every hold; it is looked at with the hold locked, for ids are free for all to choose.
     *
     * @param isOwn whether a hold is one that he may change
     */
    record OnlyOwn(HoldCommand wish, Predicate<Hold> isOwn) implements HoldCommand {

        @Override
        public String holdId() {
            return wish.holdId();
        }

        @Override
        public List<StockKey> named() {
            return wish.named();
        }

        @Override
        public UUID id() {
            return wish.id();
        }

        @Override
        public Instant at() {
            return wish.at();
        }

        @Override
        public Cause cause() {
            return wish.cause();
        }
    }

    private static List<StockKey> keys(@Nullable List<Line> part) {
        return part == null ? List.of() : part.stream().map(Line::key).toList();
    }

    private static void requireId(String holdId) {
        if (!Hold.isId(holdId)) {
            throw new IllegalArgumentException("holdId must be " + Hold.ID_RULE);
        }
    }

    private static void requireLasts(long lastsMs) {
        if (lastsMs < 1 || lastsMs > Hold.LASTS_AT_MOST.toMillis()) {
            throw new IllegalArgumentException("a hold must last up to " + Hold.LASTS_AT_MOST.toDays() + " days");
        }
    }
}
