package retail.inventory.stock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.StockRules.View;

/** One decision about a hold while it is made: gathers its movements. */
final class HoldWork {

    private final View seen;
    private final HoldCommand command;
    private final @Nullable Hold hold;
    private final Instant at;
    private final Instant placed;
    private final long endsMs;
    private final boolean live;
    private final List<Movement> movements = new ArrayList<>();
    private final TreeMap<StockKey, HoldLine> lines = new TreeMap<>();
    private final Set<StockKey> setAside = new HashSet<>();

    /** Of one that keeps its end. */
    HoldWork(View seen, HoldCommand command, Hold hold) {
        this(seen, command, hold, hold.placed(), hold.endsMs());
    }

    /**
     * Of one that gets another end.
     *
     * @param lastsMs how long from now
     */
    HoldWork(View seen, HoldCommand command, @Nullable Hold hold, long lastsMs) {
        this(
                seen,
                command,
                hold,
                hold == null ? command.at() : hold.placed(),
                end(command.at(), lastsMs, hold == null ? command.at() : hold.placed()));
    }

    private HoldWork(View seen, HoldCommand command, @Nullable Hold hold, Instant placed, long endsMs) {
        this.seen = seen;
        this.command = command;
        this.hold = hold;
        this.at = command.at();
        this.placed = placed;
        this.endsMs = endsMs;
        this.live = hold != null && hold.stateIn(seen, at) == State.HELD;
        before().forEach(line -> lines.put(line.key(), line));
    }

    private static long end(Instant at, long lastsMs, Instant placed) {
        return lastsMs == HeldUnits.NO_END
                ? HeldUnits.NO_END
                : Math.min(
                        at.toEpochMilli() + lastsMs,
                        placed.plus(Hold.LASTS_AT_MOST).toEpochMilli());
    }

    /** Whether it has been placed as long ago as a hold may last. */
    boolean hasNoTimeLeft() {
        return endsMs <= at.toEpochMilli();
    }

    /** Whether all its units are set aside and its end has not come. */
    boolean isLive() {
        return live;
    }

    /** Whether nothing happens so far. */
    boolean isEmpty() {
        return movements.isEmpty();
    }

    Position position(StockKey key) {
        return command instanceof HoldCommand.ExpireHold
                ? Position.asWritten(key, seen.record(key)) // the ends of others are for their own events
                : Position.of(key, seen.record(key), at);
    }

    /** A SKU of which there is too little; what the hold has of it could be had, too. */
    RejectedLine tooFew(Position position, long asked) {
        long own = position.heldBy(command.holdId());
        return new RejectedLine(position.key(), -asked, position.available() + own, position.record());
    }

    /** The lines of the hold of which there is too little, once it has ended. */
    List<RejectedLine> tooFew(ToLongFunction<HoldLine> asked) {
        List<RejectedLine> tooFew = new ArrayList<>();
        for (HoldLine line : before()) {
            long units = asked.applyAsLong(line);
            RejectedLine there = tooFew(position(line.key()), units);
            if (units > 0 && there.available() < units) {
                tooFew.add(there);
            }
        }
        return tooFew;
    }

    /** Sets units aside. */
    void hold(Position position, long requested, long granted) {
        move(position.moved(0, new HeldUnits(command.holdId(), granted, endsMs)));
        setAside.add(position.key());
        HoldLine line = lines.get(position.key());
        put(new HoldLine(position.key(), requested, granted, line == null ? 0 : line.confirmed()));
    }

    /** Gives back what it had of SKUs of which nothing is set aside now; what was taken of them is still told. */
    void giveBackOthers() {
        for (HoldLine line : before()) {
            if (!setAside.contains(line.key())) {
                drop(line);
                put(new HoldLine(line.key(), line.requested(), 0, line.confirmed()));
            }
        }
        boolean tooLong = lines.size() > Line.COUNT_MAX;
        lines.values().removeIf(line -> line.qty() == 0 && (tooLong || line.confirmed() == 0));
    }

    /** Ends its claims where they are still written; its units can be asked for again. */
    void dropAll() {
        before().forEach(this::drop);
    }

    private void drop(HoldLine line) {
        InventoryRecord record = seen.record(line.key());
        if (record != null && record.holds().find(command.holdId()) != null) {
            move(position(line.key()).moved(0, nothing()));
        }
    }

    /**
     * Units are taken or given back. One that has ended keeps nothing set aside.
     *
     * @param asked how many of a line
     * @param rest whether what is not asked for is given back
     */
    Accepted reduced(ToLongFunction<HoldLine> asked, boolean rest) {
        boolean taken = command instanceof HoldCommand.ConfirmHold;
        boolean anyLeft = false;
        for (HoldLine line : before()) {
            long units = asked.applyAsLong(line);
            long left = rest ? 0 : line.qty() - units;
            anyLeft |= left > 0;
            if (left == line.qty()) {
                if (!live) {
                    drop(line);
                }
                continue;
            }
            HeldUnits own = live ? new HeldUnits(command.holdId(), left, endsMs) : nothing();
            move(position(line.key()).moved(taken ? -units : 0, own));
            put(new HoldLine(line.key(), line.requested(), left, line.confirmed() + (taken ? units : 0)));
        }
        State closed = taken ? State.CONFIRMED : State.RELEASED;
        State open = live ? State.HELD : State.EXPIRED;
        return accepted(anyLeft ? open : closed);
    }

    Accepted accepted(State state) {
        String reference = command.cause().reference();
        boolean keepsReference = reference == null || !(command instanceof HoldCommand.PlaceHold);
        Hold after = new Hold(
                command.holdId(),
                hold == null ? 1 : hold.version() + 1,
                state,
                placed,
                endsMs,
                hold != null && keepsReference ? hold.reference() : reference,
                List.copyOf(lines.values()),
                at,
                (hold != null && hold.late()) || (command instanceof HoldCommand.ConfirmHold && !live));
        return new Accepted(Movements.of(movements), after);
    }

    private void move(Movement movement) {
        movements.add(movement);
    }

    private void put(HoldLine line) {
        lines.put(line.key(), line);
    }

    private HeldUnits nothing() {
        return new HeldUnits(command.holdId(), 0, endsMs);
    }

    private List<HoldLine> before() {
        return hold == null ? List.of() : hold.lines();
    }
}
