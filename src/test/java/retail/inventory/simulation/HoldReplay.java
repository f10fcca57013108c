package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Holds;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/**
 * The log's stock and holds played through in the simplest form: of each SKU the units that are there and those that each hold
 * has. Every take has to be covered, every lapse to be true, every state to follow from the one before.
 */
final class HoldReplay {

    private record Units(long qty, long endsMs) {}

    private final Map<StockKey, Long> onHand = new HashMap<>();
    private final Map<StockKey, Map<String, Units>> held = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Set<Hold> ever = new HashSet<>();
    /** Units of these were given up since they were last set aside. */
    private final Set<String> lapsed = new HashSet<>();

    private final Set<String> everLapsed = new HashSet<>();

    /**
     * Plays one more event.
     *
     * @param now the latest time that anybody has seen
     */
    void play(Event event, Moment now) {
        Hold before = event.hold() == null ? null : holds.get(event.hold().id());
        for (int i = 0; i < event.movements().size(); i++) {
            play(event, event.movements().get(i));
        }
        if (event.hold() != null) {
            follow(event, before, event.hold(), now);
        }
    }

    private void play(Event event, Movement movement) {
        Supplier<String> words = () -> " at sequence " + event.sequence() + ": " + event;
        Map<String, Units> units = held.computeIfAbsent(movement.key(), key -> new TreeMap<>());
        HeldUnits own = movement.holds() == null ? null : movement.holds().own();
        for (String id : movement.lapsed()) {
            Units gone = units.remove(id);
            require(gone != null && gone.endsMs() <= event.atMs(), () -> id + " had not ended" + words.get());
            lapsed.add(id);
            everLapsed.add(id);
        }
        Units before = own == null ? null : units.remove(own.holdId());
        long live = before != null && before.endsMs() > event.atMs() ? before.qty() : 0;
        long others = units.values().stream()
                .filter(one -> one.endsMs() > event.atMs())
                .mapToLong(Units::qty)
                .sum();
        long qty = onHand.getOrDefault(movement.key(), 0L);
        long needed = (own == null ? 0 : own.qty()) - movement.delta();
        require(
                needed <= live || qty - others >= needed,
                () -> "of " + qty + " others have " + others + ", so not " + needed + " can be taken" + words.get());
        require(
                event.type().equals(Event.EXPIRE)
                        || units.values().stream().allMatch(one -> one.endsMs() > event.atMs()),
                () -> "units of holds that have ended still count" + words.get());
        if (own != null && own.qty() > 0) {
            require(own.endsMs() > event.atMs(), () -> "set aside after the end" + words.get());
            units.put(own.holdId(), new Units(own.qty(), own.endsMs()));
        }
        onHand.put(movement.key(), qty + movement.delta());
        long sum = units.values().stream().mapToLong(Units::qty).sum();
        require(movement.held() == sum, () -> "holds have " + sum + words.get());
        require(
                movement.delta() == 0 || event.hold() == null || event.type().equals(Event.CONFIRM),
                () -> "changes the stock" + words.get());
    }

    private void follow(Event event, @Nullable Hold before, Hold after, Moment now) {
        Supplier<String> words = () -> " after " + before + ": " + event;
        boolean isNew = after.version() == 1;
        require(!isNew || before == null || isForgettable(before, now), () -> "placed again" + words.get());
        require(
                isNew
                        || (before != null
                                && before.recorded() != State.CONFIRMED
                                && before.recorded() != State.RELEASED
                                && after.version() == before.version() + 1
                                && after.placed().equals(before.placed())),
                () -> "does not follow" + words.get());
        boolean live = !isNew
                && before != null
                && before.recorded() == State.HELD
                && before.endsMs() > event.atMs()
                && !lapsed.contains(after.id());
        State open = live ? State.HELD : State.EXPIRED;
        boolean may = switch (event.type()) {
            case Event.HOLD -> after.recorded() == State.HELD && after.endsMs() > event.atMs();
            case Event.CONFIRM ->
                !isNew && (after.recorded() == State.CONFIRMED || after.recorded() == open) && (live || after.late());
            case Event.RELEASE -> !isNew && (after.recorded() == State.RELEASED || after.recorded() == open);
            default -> event.type().equals(Event.EXPIRE) && !live && after.recorded() == State.EXPIRED;
        };
        require(may, () -> "is " + after.recorded() + words.get());
        if (event.type().equals(Event.HOLD)) {
            lapsed.remove(after.id());
        }
        requireTaken(event, isNew ? null : before, after, words);
        requireClaims(after, words);
        holds.put(after.id(), after);
        ever.add(after);
    }

    /** What it says was confirmed has left the stock. */
    private static void requireTaken(Event event, @Nullable Hold before, Hold after, Supplier<String> words) {
        for (HoldLine line : after.lines()) {
            HoldLine earlier = before == null ? null : before.line(line.key());
            long taken = 0;
            for (int i = 0; i < event.movements().size(); i++) {
                Movement movement = event.movements().get(i);
                taken -= movement.key().equals(line.key()) ? movement.delta() : 0;
            }
            long confirmed = line.confirmed() - (earlier == null ? 0 : earlier.confirmed());
            long units = taken;
            require(confirmed == units, () -> units + " were taken, not " + confirmed + words.get());
        }
    }

    /** Its SKUs have set aside for it what it says, and no others have. */
    private void requireClaims(Hold after, Supplier<String> words) {
        held.forEach((key, units) -> {
            HoldLine line = after.recorded() == State.HELD ? after.line(key) : null;
            long qty = line == null ? 0 : line.qty();
            Units there = units.get(after.id());
            require(
                    qty == 0 ? there == null : new Units(qty, after.endsMs()).equals(there),
                    () -> "it has " + there + " of " + key + words.get());
        });
    }

    /** Whether a hold has been over for so long that it need not be known. */
    static boolean isForgettable(Hold hold, Moment now) {
        long over = hold.recorded() == State.CONFIRMED || hold.recorded() == State.RELEASED
                ? hold.changed().toEpochMilli()
                : hold.endsMs();
        return over < now.latest().minus(Life.HOLD_MEMORY).toEpochMilli();
    }

    /** What is set aside of a SKU. */
    Holds of(StockKey key) {
        return Holds.of(held.getOrDefault(key, Map.of()).entrySet().stream()
                .map(one -> new HeldUnits(
                        one.getKey(), one.getValue().qty(), one.getValue().endsMs()))
                .toList());
    }

    /** Whether a hold was ever so. */
    boolean was(Hold hold) {
        return ever.contains(hold);
    }

    /** Whether somebody wrote down that units of a hold were free. */
    boolean hasLapsed(String holdId) {
        return everLapsed.contains(holdId);
    }

    /** Compares the holds that a process knows. */
    void requireAgreement(List<Hold> known, Moment now) {
        Set<String> ids = new HashSet<>();
        for (Hold hold : known) {
            ids.add(hold.id());
            require(hold.equals(holds.get(hold.id())), () -> "the hold is " + hold + ", not " + holds.get(hold.id()));
        }
        holds.forEach((id, hold) ->
                require(ids.contains(id) || isForgettable(hold, now), () -> "a hold is forgotten: " + hold));
    }
}
