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

    /** Nothing is set aside. */
    public static final Holds NONE = new Holds(new HeldUnits[0], new int[0], 0);

    /** So many holds may have units of one SKU: {@code decide} must stay quick, and a record must stay readable. */
    public static final int COUNT_MAX = 10_000;

    /** Stands for units whose holds are not known, after events were lost. */
    private static final String UNACCOUNTED = "?";

    private static final Comparator<HeldUnits> BY_END =
            Comparator.comparingLong(HeldUnits::endsMs).thenComparing(HeldUnits::holdId);

    private final HeldUnits[] byEnd;

    /** Of their ids, in the same order: one id among thousands is found without looking at the others. */
    private final int[] hashes;

    private final long total;

    private Holds(HeldUnits[] byEnd, int[] hashes, long total) {
        this.byEnd = byEnd;
        this.hashes = hashes;
        this.total = total;
    }

    /** Of units in any order; each hold once. */
    public static Holds of(List<HeldUnits> units) {
        if (units.isEmpty()) {
            return NONE;
        }
        HeldUnits[] sorted = units.toArray(new HeldUnits[0]);
        Arrays.sort(sorted, BY_END);
        int[] hashes =
                Arrays.stream(sorted).mapToInt(one -> one.holdId().hashCode()).toArray();
        return new Holds(
                sorted, hashes, Arrays.stream(sorted).mapToLong(HeldUnits::qty).sum());
    }

    /** Whether nothing is set aside, not even by holds that have ended. */
    public boolean isEmpty() {
        return byEnd.length == 0;
    }

    /** How many holds have units of it, those that have ended and were not dropped yet among them. */
    public int size() {
        return byEnd.length;
    }

    /** All of them, in the order in which they end. */
    public List<HeldUnits> all() {
        return List.of(byEnd);
    }

    /** Whether the holds of all units are known: no event was missing, or what it said was said again since. */
    public boolean isAccounted() {
        return indexOf(UNACCOUNTED) < 0;
    }

    /** The units of all of them, ended or not: what the latest event says is held. */
    public long total() {
        return total;
    }

    /** When the first of them ends, or has ended: {@link HeldUnits#endsMs}; {@link HeldUnits#NO_END} when none does. */
    public long firstEndMs() {
        return byEnd.length == 0 ? HeldUnits.NO_END : byEnd[0].endsMs();
    }

    /** The units that count at an instant. */
    public long live(Instant at) {
        int ended = ended(at);
        return ended == 0 ? total : total - sum(ended);
    }

    /** How many have ended at an instant: the first ones. */
    int ended(Instant at) {
        int ended = 0;
        while (ended < byEnd.length && !byEnd[ended].isLive(at)) {
            ended++;
        }
        return ended;
    }

    /** The ids of the first ones, without one of them. */
    List<String> firstIds(int count, String without) {
        return Arrays.stream(byEnd, 0, count)
                .map(HeldUnits::holdId)
                .filter(id -> !id.equals(without))
                .toList();
    }

    /** All but the first ones. */
    Holds withoutFirst(int count) {
        if (count == 0) {
            return this;
        }
        return count == byEnd.length
                ? NONE
                : new Holds(
                        Arrays.copyOfRange(byEnd, count, byEnd.length),
                        Arrays.copyOfRange(hashes, count, hashes.length),
                        total - sum(count));
    }

    private long sum(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += byEnd[i].qty();
        }
        return sum;
    }

    /** The units of a hold, ended or not; null when it has none. */
    public @Nullable HeldUnits find(String holdId) {
        int at = indexOf(holdId);
        return at < 0 ? null : byEnd[at];
    }

    private int indexOf(String holdId) {
        int hash = holdId.hashCode();
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash && byEnd[i].holdId().equals(holdId)) {
                return i;
            }
        }
        return -1;
    }

    /** The same with these units in place of what their hold had; without any of it when they are none. */
    Holds with(HeldUnits units) {
        Holds others = without(units.holdId());
        if (units.qty() == 0) {
            return others;
        }
        int place = -1 - Arrays.binarySearch(others.byEnd, units, BY_END);
        HeldUnits[] more = new HeldUnits[others.byEnd.length + 1];
        System.arraycopy(others.byEnd, 0, more, 0, place);
        more[place] = units;
        System.arraycopy(others.byEnd, place, more, place + 1, others.byEnd.length - place);
        int[] moreHashes = new int[more.length];
        System.arraycopy(others.hashes, 0, moreHashes, 0, place);
        moreHashes[place] = units.holdId().hashCode();
        System.arraycopy(others.hashes, place, moreHashes, place + 1, others.hashes.length - place);
        return new Holds(more, moreHashes, others.total + units.qty());
    }

    private Holds without(String holdId) {
        int at = indexOf(holdId);
        if (at < 0) {
            return this;
        }
        if (byEnd.length == 1) {
            return NONE;
        }
        HeldUnits[] fewer = new HeldUnits[byEnd.length - 1];
        System.arraycopy(byEnd, 0, fewer, 0, at);
        System.arraycopy(byEnd, at + 1, fewer, at, fewer.length - at);
        int[] fewerHashes = new int[fewer.length];
        System.arraycopy(hashes, 0, fewerHashes, 0, at);
        System.arraycopy(hashes, at + 1, fewerHashes, at, fewer.length - at);
        return new Holds(fewer, fewerHashes, total - byEnd[at].qty());
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
        if (lapsed.isEmpty()) {
            return this;
        }
        Set<String> gone = Set.copyOf(lapsed);
        return of(Arrays.stream(byEnd)
                .filter(units -> !gone.contains(units.holdId()))
                .toList());
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
        return other instanceof Holds holds && Arrays.equals(byEnd, holds.byEnd);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byEnd);
    }

    @Override
    public String toString() {
        return Arrays.toString(byEnd);
    }
}
