package retail.inventory.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.OnlyOwn;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.StockRules.View;

/**
 * What may become of holds. A live one keeps its units whatever is asked of others; one that has ended has to ask for them again,
 * and gets them when they are still there; a closed one stays closed.
 */
final class HoldRules {

    private HoldRules() {}

    static Decision decide(View seen, HoldCommand command) {
        Hold hold = seen.hold();
        if (command instanceof OnlyOwn(HoldCommand wish, Predicate<Hold> isOwn)) {
            return hold == null || isOwn.test(hold)
                    ? decide(seen, wish)
                    : new Rejected(Reason.HOLD_OF_OTHERS, List.of(), hold);
        }
        if (command instanceof PlaceHold place) {
            return placed(seen, place, hold);
        }
        if (hold == null) {
            return new Rejected(Reason.UNKNOWN_HOLD, List.of());
        }
        if (hold.isClosed()) {
            return closed(command, hold);
        }
        return switch (command) {
            case OnlyOwn own -> throw new AssertionError("decided above");
            case PlaceHold place -> placed(seen, place, hold);
            case ExtendHold extend -> extended(seen, extend, hold);
            case ConfirmHold confirm -> confirmed(seen, confirm, hold);
            case ReleaseHold release -> released(seen, release, hold);
            case ExpireHold expire -> expired(seen, expire, hold);
        };
    }

    /** The same wish again is granted, the opposite one is not. */
    private static Decision closed(HoldCommand command, Hold hold) {
        State wish = switch (command) {
            case ConfirmHold confirm -> State.CONFIRMED;
            case ReleaseHold release -> State.RELEASED;
            default -> State.HELD;
        };
        return wish == hold.recorded() || command instanceof ExpireHold
                ? new Already(hold)
                : new Rejected(Reason.HOLD_CLOSED, List.of(), hold);
    }

    private static Decision placed(View seen, PlaceHold command, @Nullable Hold hold) {
        if (hold != null && hold.isClosed()) {
            return new Rejected(Reason.HOLD_CLOSED, List.of(), hold);
        }
        Long expected = command.condition().version();
        if (command.condition().absent() ? hold != null : expected != null && !isVersion(hold, expected)) {
            return new Rejected(Reason.HOLD_CONFLICT, List.of(), hold);
        }
        HoldWork work = new HoldWork(seen, command, hold, command.lastsMs());
        if (work.hasNoTimeLeft()) {
            return new Rejected(Reason.HOLD_EXPIRED, List.of(), hold);
        }
        List<RejectedLine> conflicts = new ArrayList<>();
        List<RejectedLine> tooFew = new ArrayList<>();
        List<RejectedLine> full = new ArrayList<>();
        for (Line line : command.lines()) {
            Position position = work.position(line.key());
            long granted = granted(position, command, line.qty());
            if (StockRules.isOther(position.version(), line.expectedVersion())) {
                conflicts.add(position.rejected(-line.qty()));
            } else if (granted < line.qty() && !command.partial()) {
                tooFew.add(work.tooFew(position, line.qty()));
            } else if (granted > 0 && position.isFull(command.holdId())) {
                full.add(position.rejected(-line.qty()));
            } else if (granted > 0) {
                work.hold(position, line.qty(), granted);
            }
        }
        if (!conflicts.isEmpty()) {
            return new Rejected(Reason.VERSION_CONFLICT, conflicts, hold);
        }
        if (!tooFew.isEmpty()) {
            return new Rejected(Reason.INSUFFICIENT_STOCK, tooFew, hold);
        }
        if (!full.isEmpty()) {
            return new Rejected(Reason.TOO_MANY_HOLDS, full, hold);
        }
        if (work.isEmpty()) {
            return new Rejected(
                    Reason.INSUFFICIENT_STOCK,
                    command.lines().stream()
                            .map(line -> work.tooFew(work.position(line.key()), line.qty()))
                            .toList(),
                    hold);
        }
        work.giveBackOthers();
        return work.accepted(State.HELD);
    }

    private static boolean isVersion(@Nullable Hold hold, long expected) {
        return hold != null && hold.version() == expected;
    }

    /** What a hold has already it keeps, even when there is too little for all. */
    private static long granted(Position position, PlaceHold command, long asked) {
        long own = position.heldBy(command.holdId());
        return asked <= own ? asked : Math.max(own, Math.min(asked, position.available() + own));
    }

    private static Decision extended(View seen, ExtendHold command, Hold hold) {
        HoldWork work = new HoldWork(seen, command, hold, command.lastsMs());
        List<RejectedLine> tooFew = work.isLive() ? List.of() : work.tooFew(HoldLine::qty);
        if (!tooFew.isEmpty() || work.hasNoTimeLeft()) {
            return new Rejected(Reason.HOLD_EXPIRED, tooFew, hold);
        }
        List<RejectedLine> full = new ArrayList<>();
        for (HoldLine line : hold.lines()) {
            Position position = work.position(line.key());
            if (line.qty() > 0 && position.isFull(command.holdId())) {
                full.add(position.rejected(-line.qty()));
            } else if (line.qty() > 0) {
                work.hold(position, line.requested(), line.qty());
            }
        }
        return full.isEmpty() ? work.accepted(State.HELD) : new Rejected(Reason.TOO_MANY_HOLDS, full, hold);
    }

    private static Decision confirmed(View seen, ConfirmHold command, Hold hold) {
        List<RejectedLine> exceeding = exceeding(seen, hold, command.part());
        if (!exceeding.isEmpty()) {
            return new Rejected(Reason.EXCEEDS_HOLD, exceeding, hold);
        }
        HoldWork work = new HoldWork(seen, command, hold);
        ToLongFunction<HoldLine> asked = asked(command.part());
        List<RejectedLine> tooFew = work.isLive() ? List.of() : work.tooFew(asked);
        if (!tooFew.isEmpty()) {
            return new Rejected(Reason.HOLD_EXPIRED, tooFew, hold);
        }
        return work.reduced(asked, command.releaseRest());
    }

    private static Decision released(View seen, ReleaseHold command, Hold hold) {
        List<RejectedLine> exceeding = exceeding(seen, hold, command.part());
        return exceeding.isEmpty()
                ? new HoldWork(seen, command, hold).reduced(asked(command.part()), false)
                : new Rejected(Reason.EXCEEDS_HOLD, exceeding, hold);
    }

    private static Decision expired(View seen, ExpireHold command, Hold hold) {
        HoldWork work = new HoldWork(seen, command, hold);
        if (!work.isLive()) {
            work.dropAll();
        }
        return work.isEmpty() ? new Already(hold) : work.accepted(State.EXPIRED);
    }

    /** How many units of a line of the hold are meant: all when nothing was named. */
    private static ToLongFunction<HoldLine> asked(@Nullable List<Line> part) {
        return part == null
                ? HoldLine::qty
                : line -> part.stream()
                        .filter(named -> named.key().equals(line.key()))
                        .mapToLong(Line::qty)
                        .sum();
    }

    private static List<RejectedLine> exceeding(View seen, Hold hold, @Nullable List<Line> part) {
        List<RejectedLine> exceeding = new ArrayList<>();
        for (Line named : part == null ? List.<Line>of() : part) {
            HoldLine line = hold.line(named.key());
            long claimed = line == null ? 0 : line.qty();
            if (named.qty() > claimed) {
                exceeding.add(new RejectedLine(named.key(), -named.qty(), claimed, seen.record(named.key())));
            }
        }
        return exceeding;
    }
}
