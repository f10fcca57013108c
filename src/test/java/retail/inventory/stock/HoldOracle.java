package retail.inventory.stock;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The same rules once more, in the plainest form: what is on hand, a list of holds, and of each what it claims, and where that is
 * still written. Nothing here is quick, and nothing is taken from the rules.
 */
final class HoldOracle {

    /** What becomes of a wish. */
    enum Verdict {
        ACCEPTED,
        ALREADY,
        REFUSED
    }

    /** What is known of a hold. */
    static final class Told {
        Hold.State closed = Hold.State.HELD;
        long endsMs;
        boolean late;
        final Map<StockKey, Long> claims = new TreeMap<>();
        final Set<StockKey> written = new TreeSet<>();

        boolean isLive(long at) {
            return closed == Hold.State.HELD && at < endsMs && written.containsAll(claims.keySet());
        }

        Hold.State state(long at) {
            return closed == Hold.State.HELD && !isLive(at) ? Hold.State.EXPIRED : closed;
        }
    }

    final Map<StockKey, Long> onHand = new TreeMap<>();
    final Map<StockKey, Long> versions = new TreeMap<>();
    final Map<String, Told> holds = new TreeMap<>();
    private long now;

    void at(long ms) {
        now = ms;
    }

    /** What is written of a SKU, of live holds and of ended ones. */
    Map<String, HeldUnits> written(StockKey key) {
        Map<String, HeldUnits> written = new TreeMap<>();
        holds.forEach((id, hold) -> {
            if (hold.written.contains(key)) {
                written.put(id, new HeldUnits(id, hold.claims.getOrDefault(key, 0L), hold.endsMs));
            }
        });
        return written;
    }

    private long free(StockKey key, String own) {
        long free = onHand.getOrDefault(key, 0L);
        for (HeldUnits units : written(key).values()) {
            free -= units.holdId().equals(own) || now >= units.endsMs() ? 0 : units.qty();
        }
        return free;
    }

    /** An event moves a SKU: what had ended there is lost. */
    private void moves(StockKey key, long delta) {
        onHand.merge(key, delta, Long::sum);
        versions.merge(key, 1L, Long::sum);
        holds.values().forEach(hold -> {
            if (now >= hold.endsMs) {
                hold.written.remove(key);
            }
        });
    }

    Verdict adjust(StockKey key, long delta) {
        if (delta < 0 && -delta > free(key, "")) {
            return Verdict.REFUSED;
        }
        moves(key, delta);
        return Verdict.ACCEPTED;
    }

    Verdict reserve(Map<StockKey, Long> lines) {
        if (!isThere(lines, "")) {
            return Verdict.REFUSED;
        }
        lines.forEach((key, qty) -> moves(key, -qty));
        return Verdict.ACCEPTED;
    }

    private boolean isThere(Map<StockKey, Long> lines, String own) {
        return lines.entrySet().stream().allMatch(line -> line.getValue() <= free(line.getKey(), own));
    }

    Verdict place(String id, Map<StockKey, Long> lines, long lastsMs, boolean partial) {
        Told hold = holds.getOrDefault(id, new Told());
        Map<StockKey, Long> granted = new TreeMap<>();
        lines.forEach((key, qty) -> granted.put(key, Math.min(qty, free(key, id))));
        granted.values().removeIf(qty -> qty == 0);
        if (hold.closed != Hold.State.HELD || granted.isEmpty() || (!partial && !granted.equals(lines))) {
            return Verdict.REFUSED;
        }
        holds.put(id, hold);
        Set<StockKey> moved = new TreeSet<>(hold.written);
        moved.addAll(granted.keySet());
        moved.forEach(key -> moves(key, 0));
        hold.claims.clear();
        hold.claims.putAll(granted);
        return setAside(hold, lastsMs);
    }

    private Verdict setAside(Told hold, long lastsMs) {
        hold.written.clear();
        hold.written.addAll(hold.claims.keySet());
        hold.endsMs = lastsMs == HeldUnits.NO_END ? lastsMs : now + lastsMs;
        return Verdict.ACCEPTED;
    }

    Verdict extend(String id, long lastsMs) {
        Told hold = holds.get(id);
        if (hold == null || hold.closed != Hold.State.HELD || (!hold.isLive(now) && !isThere(hold.claims, id))) {
            return Verdict.REFUSED;
        }
        hold.claims.keySet().forEach(key -> moves(key, 0));
        return setAside(hold, lastsMs);
    }

    Verdict confirm(String id, @Nullable Map<StockKey, Long> part, boolean giveBack) {
        return reduce(id, part, giveBack, Hold.State.CONFIRMED);
    }

    Verdict release(String id, @Nullable Map<StockKey, Long> part) {
        return reduce(id, part, false, Hold.State.RELEASED);
    }

    private Verdict reduce(String id, @Nullable Map<StockKey, Long> part, boolean giveBack, Hold.State closing) {
        Told hold = holds.get(id);
        if (hold != null && hold.closed == closing) {
            return Verdict.ALREADY;
        }
        if (hold == null || hold.closed != Hold.State.HELD) {
            return Verdict.REFUSED;
        }
        boolean takes = closing == Hold.State.CONFIRMED;
        Map<StockKey, Long> asked = new TreeMap<>(part == null ? hold.claims : part);
        ToLongFunction<StockKey> has = key -> hold.claims.getOrDefault(key, 0L);
        boolean live = hold.isLive(now);
        if (asked.entrySet().stream().anyMatch(line -> line.getValue() > has.applyAsLong(line.getKey()))
                || (takes && !live && !isThere(asked, id))) {
            return Verdict.REFUSED;
        }
        Set<StockKey> moved = new TreeSet<>(asked.keySet());
        moved.addAll(giveBack ? hold.claims.keySet() : Set.of());
        moved.addAll(live ? Set.of() : hold.written);
        moved.forEach(key -> moves(key, takes ? -asked.getOrDefault(key, 0L) : 0));
        hold.claims.replaceAll((key, qty) -> giveBack ? 0 : qty - asked.getOrDefault(key, 0L));
        hold.claims.values().removeIf(qty -> qty == 0);
        hold.written.retainAll(live ? hold.claims.keySet() : Set.of());
        hold.late |= takes && !live;
        hold.closed = hold.claims.isEmpty() ? closing : Hold.State.HELD;
        return Verdict.ACCEPTED;
    }

    /** Nobody relies on the end here, so others' ends are left alone. */
    Verdict expire(String id) {
        Told hold = holds.get(id);
        if (hold == null) {
            return Verdict.REFUSED;
        }
        if (hold.closed != Hold.State.HELD || hold.isLive(now) || hold.written.isEmpty()) {
            return Verdict.ALREADY;
        }
        hold.written.forEach(key -> versions.merge(key, 1L, Long::sum));
        hold.written.clear();
        return Verdict.ACCEPTED;
    }
}
