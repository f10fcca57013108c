package retail.inventory.history;

import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of one caller: what it asks, when it began, and, told once by the caller's thread, how it ended. One that
 * is never told its end has an unknown outcome.
 */
public final class Operation {

    private static final long NEVER = Long.MAX_VALUE;
    private static final Outcome UNKNOWN = new Outcome.Unknown();
    private static final long NANOS_PER_MICRO = 1000;

    private final LongSupplier clock;
    private final Asked asked;
    private final long start;
    private long end = NEVER;
    private Outcome outcome = UNKNOWN;

    /**
     * What is asked.
     *
     * @param sku whose stock, in which store
     * @param delta the change, negative to take away; 0 = only to read
     * @param all everything that is asked together with it, all or nothing; empty when it is asked alone
     */
    record Asked(
            String sku,
            long delta,
            @Nullable Long expectedVersion,
            @Nullable String key,
            Map<String, Long> all) {

        Asked(String sku, long delta, @Nullable Long expectedVersion, @Nullable String key) {
            this(sku, delta, expectedVersion, key, Map.of());
        }

        @Override
        public String toString() {
            return (delta == 0 ? "read" : delta > 0 ? "add " + delta : "take " + -delta)
                    + " " + sku
                    + (expectedVersion == null ? "" : " at version " + expectedVersion)
                    + (key == null ? "" : " with key " + key)
                    + (all.isEmpty() ? "" : " as one of " + all);
        }
    }

    Operation(LongSupplier clock, Asked asked, long start) {
        this.clock = clock;
        this.asked = asked;
        this.start = start;
    }

    /** The change is done; the version and quantity after it, its event's id and place in the log. */
    public void accepted(long version, long qty, Object eventId, long sequence, boolean replayed) {
        ends(new Outcome.Accepted(version, qty, eventId, sequence, replayed));
    }

    /** The change was refused because of this state; version 0 = the SKU is not there. */
    public void refused(Refusal why, long version, long qty) {
        ends(new Outcome.Refused(why, version, qty));
    }

    /** The key belongs to another request. */
    public void keyReused() {
        ends(new Outcome.KeyReused());
    }

    /** A read showed this state. */
    public void shown(long version, long qty) {
        ends(new Outcome.Shown(version, qty));
    }

    /** A read found nothing. */
    public void absent() {
        shown(0, 0);
    }

    /** Surely nothing was done. */
    public void nothingHappened() {
        ends(new Outcome.Nothing());
    }

    private void ends(Outcome how) {
        ends(how, clock.getAsLong());
    }

    void ends(Outcome how, long at) {
        if (end != NEVER) {
            throw new AssertionError("ended twice: " + this);
        }
        outcome = how;
        end = at;
    }

    Asked asked() {
        return asked;
    }

    Outcome outcome() {
        return outcome;
    }

    long start() {
        return start;
    }

    /** When the answer was there; {@link Long#MAX_VALUE} = never. */
    long end() {
        return end;
    }

    @Override
    public String toString() {
        String ended = end == NEVER ? "never ended" : "ended at " + end / NANOS_PER_MICRO + " µs";
        return "[" + asked + ", began at " + start / NANOS_PER_MICRO + " µs, " + ended + ": " + outcome + "]";
    }
}
