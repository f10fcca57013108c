package retail.inventory.stock;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is set aside of one SKU: the units of its holds, in the order in which they end. Immutable, so what was there before a
 * change is what an undo puts back. Most SKUs have {@link #NONE}.
 */
public final class Holds {

    /** So many holds may have units of one SKU: {@code decide} must stay quick, and a record must stay readable. */
    public static final int COUNT_MAX = 10_000;

    /** Stands for units whose holds are not known, after events were lost. */
    private static final String UNACCOUNTED = "?";

    private static final Comparator<HeldUnits> BY_END =
            Comparator.comparingLong(HeldUnits::endsMs).thenComparing(HeldUnits::holdId);

    private static final Comparator<HeldUnits> BY_ID = Comparator.comparing(HeldUnits::holdId);

    /** Nothing is set aside. */
    public static final Holds NONE = of(new HeldUnits[0]);

    /** Among so many one id is found by looking at each. */
    private static final int SCANNED_MAX = 32;

    private final SortedUnits byEnd;

    /** The same, to find one id among many; null when there are few. */
    private final @Nullable SortedUnits byId;

    private final int size;
    private final long total;

    private Holds(SortedUnits byEnd, @Nullable SortedUnits byId, int size, long total) {
        this.byEnd = byEnd;
        this.byId = byId;
        this.size = size;
        this.total = total;
    }

    /** Of units in any order; each hold once. */
    public static Holds of(List<HeldUnits> units) {
        return units.isEmpty() ? NONE : of(units.toArray(new HeldUnits[0]));
    }

    private static Holds of(HeldUnits... units) {
        return new Holds(
                SortedUnits.of(BY_END, units),
                units.length > SCANNED_MAX ? SortedUnits.of(BY_ID, units) : null,
                units.length,
                Arrays.stream(units).mapToLong(HeldUnits::qty).sum());
    }

    /** Whether nothing is set aside, not even by holds that have ended. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** How many holds have units of it, those that have ended and were not dropped yet among them. */
    public int size() {
        return size;
    }

    /** All of them, in the order in which they end. */
    public List<HeldUnits> all() {
        return byEnd.stream().toList();
    }

    /** Whether the holds of all units are known: no event was missing, or what it said was said again since. */
    public boolean isAccounted() {
        return find(UNACCOUNTED) == null;
    }

    /** The units of all of them, ended or not: what the latest event says is held. */
    public long total() {
        return total;
    }

    /** When the first of them ends, or has ended: {@link HeldUnits#endsMs}; {@link HeldUnits#NO_END} when none does. */
    public long firstEndMs() {
        return isEmpty() ? HeldUnits.NO_END : byEnd.first().endsMs();
    }

    /** The units that count at an instant. */
    public long live(Instant at) {
        int ended = ended(at);
        return ended == 0 ? total : total - sum(ended);
    }

    /** How many have ended at an instant: the first ones. */
    int ended(Instant at) {
        return firstEndMs() > at.toEpochMilli()
                ? 0
                : (int) byEnd.stream().takeWhile(units -> !units.isLive(at)).count();
    }

    /** The ids of the first ones, without one of them. */
    List<String> firstIds(int count, String without) {
        return byEnd.stream()
                .limit(count)
                .map(HeldUnits::holdId)
                .filter(id -> !id.equals(without))
                .toList();
    }

    /** All but the first ones. */
    Holds withoutFirst(int count) {
        if (count == 0) {
            return this;
        }
        int left = size - count;
        return left == 0
                ? NONE
                : new Holds(byEnd.withoutFirst(count), idsWithoutFirst(count, left), left, total - sum(count));
    }

    private @Nullable SortedUnits idsWithoutFirst(int count, int left) {
        if (byId == null || left <= SCANNED_MAX) {
            return null;
        }
        if (left < size / 2) {
            return SortedUnits.of(BY_ID, byEnd.stream().skip(count).toArray(HeldUnits[]::new));
        }
        SortedUnits ids = byId;
        for (HeldUnits gone : byEnd.stream().limit(count).toList()) {
            ids = ids.without(gone);
        }
        return ids;
    }

    private long sum(int count) {
        return byEnd.stream().limit(count).mapToLong(HeldUnits::qty).sum();
    }

    /** The units of a hold, ended or not; null when it has none. */
    public @Nullable HeldUnits find(String holdId) {
        return byId == null ? byEnd.scan(holdId) : byId.find(new HeldUnits(holdId, 0, 0));
    }

    /** The same with these units in place of what their hold had; without any of it when they are none. */
    Holds with(HeldUnits units) {
        Holds others = without(units.holdId());
        if (units.qty() == 0) {
            return others;
        }
        SortedUnits ends = others.byEnd.with(units);
        SortedUnits ids = others.byId != null
                ? others.byId.with(units)
                : others.size < SCANNED_MAX
                        ? null
                        : SortedUnits.of(BY_ID, ends.stream().toArray(HeldUnits[]::new));
        return new Holds(ends, ids, others.size + 1, others.total + units.qty());
    }

    private Holds without(String holdId) {
        HeldUnits units = find(holdId);
        if (units == null) {
            return this;
        }
        if (size == 1) {
            return NONE;
        }
        SortedUnits ids = byId == null || size - 1 <= SCANNED_MAX ? null : byId.without(units);
        return new Holds(byEnd.without(units), ids, size - 1, total - units.qty());
    }

    /**
     * After a movement.
     *
     * @param change null = it says that nothing is held
     * @param follows whether nothing is missing between this and the movement
     * @throws IllegalArgumentException when it follows and the units of the holds are not what it says
     */
    public Holds after(@Nullable HoldChange change, boolean follows) {
        if (change == null) {
            return checked(this, 0, follows);
        }
        Holds left = without(change.lapsed());
        HeldUnits own = change.own();
        return checked(own == null ? left : left.with(own), change.held(), follows);
    }

    private Holds without(List<String> lapsed) {
        if (lapsed.size() <= size / 2) {
            Holds left = this;
            for (String holdId : lapsed) {
                left = left.without(holdId);
            }
            return left;
        }
        Set<String> gone = Set.copyOf(lapsed);
        return of(byEnd.stream().filter(units -> !gone.contains(units.holdId())).toList());
    }

    private Holds checked(Holds after, long held, boolean follows) {
        if (after.total == held) {
            return after;
        }
        if (follows && after.isAccounted()) {
            throw new IllegalArgumentException(
                    "its holds have " + after.total + " units, and the event says that " + held + " are held");
        }
        Holds known = after.without(UNACCOUNTED);
        return known.total > held
                ? NONE.with(new HeldUnits(UNACCOUNTED, held, HeldUnits.NO_END))
                : known.with(new HeldUnits(UNACCOUNTED, held - known.total, HeldUnits.NO_END));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Holds holds && size == holds.size && all().equals(holds.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
