package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldNow;
import retail.inventory.simulation.HoldRequest.Kind;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldLine;

/** What callers were told of holds. */
final class ToldHolds {

    private final KnownLog log;
    private final Map<String, Hold> told = new HashMap<>();
    private final List<Hold> newlyShown = new ArrayList<>();
    /** What was told is true only when somebody had given up units of these. */
    private final Set<String> mustHaveLapsed = new HashSet<>();

    ToldHolds(KnownLog log) {
        this.log = log;
    }

    /** The latest state of a hold that anybody was told; null when nobody was. */
    @Nullable
    Hold told(String holdId) {
        return told.get(holdId);
    }

    void accepted(HoldRequest request, Answer.Accepted answer) {
        Hold hold = answer.hold();
        if (hold == null) {
            throw new AssertionError("no hold was told: " + answer);
        }
        toldAbout(hold);
        State wish = switch (request.kind()) {
            case PLACE, EXTEND -> State.HELD;
            case CONFIRM -> State.CONFIRMED;
            case RELEASE -> State.RELEASED;
        };
        require(
                hold.id().equals(request.holdId()) && (hold.recorded() == wish || isPart(request)),
                () -> "not what was asked for: " + request + ", " + answer);
        if (request.kind() == Kind.PLACE) {
            requirePlaced(request, hold);
        }
        if (request.kind() == Kind.PLACE || request.kind() == Kind.EXTEND) {
            long ends = request.lastsMs() == HeldUnits.NO_END
                    ? HeldUnits.NO_END
                    : answer.at().toEpochMilli() + request.lastsMs();
            require(
                    hold.endsMs() == ends
                            || hold.endsMs()
                                    == hold.placed().plus(Hold.LASTS_AT_MOST).toEpochMilli(),
                    () -> "another end than was asked for: " + request + ", " + answer);
        }
    }

    private static boolean isPart(HoldRequest request) {
        return request.kind() != Kind.PLACE && !request.lines().isEmpty();
    }

    private static void requirePlaced(HoldRequest request, Hold hold) {
        request.asked().forEach((key, asked) -> {
            HoldLine line = hold.line(key);
            long qty = line == null ? 0 : line.qty();
            require(
                    (line == null || line.requested() == asked || qty == 0)
                            && (request.rest() ? qty <= asked : qty == asked),
                    () -> "a part of " + request + " was done: " + hold);
        });
        for (HoldLine line : hold.lines()) {
            require(
                    line.qty() == 0 || request.asked().containsKey(line.key()),
                    () -> "more than was asked for: " + request + ", " + hold);
        }
    }

    void refused(Caller caller, Moment now, HoldRequest request, Rejected rejected) {
        Hold hold = rejected.hold();
        shows(caller, now, request.holdId(), hold);
        boolean isNamed = !rejected.lines().isEmpty();
        boolean reason = switch (rejected.reason()) {
            case UNKNOWN_HOLD -> hold == null && request.kind() != Kind.PLACE && !isNamed;
            case HOLD_CONFLICT -> request.kind() == Kind.PLACE && isConflict(request, hold);
            case HOLD_CLOSED -> hold != null && isClosed(hold);
            case EXCEEDS_HOLD -> isNamed && exceeds(request, hold);
            case HOLD_EXPIRED -> hold != null && isShort(caller, now, request, rejected, hold);
            case INSUFFICIENT_STOCK -> isNamed && isShort(caller, now, request, rejected, hold);
            default -> false;
        };
        require(reason, () -> "no reason to refuse " + request + ": " + rejected + ", " + caller + " to " + now);
        if (rejected.reason() == Reason.HOLD_EXPIRED && hold != null && isNamed) {
            requireEnded(caller, now, hold);
        }
    }

    private static boolean isConflict(HoldRequest request, @Nullable Hold hold) {
        Long version = request.condition().version();
        return request.condition().absent()
                ? hold != null
                : version != null && (hold == null || hold.version() != version);
    }

    private static boolean isClosed(Hold hold) {
        return hold.recorded() == State.CONFIRMED || hold.recorded() == State.RELEASED;
    }

    private static boolean exceeds(HoldRequest request, @Nullable Hold hold) {
        return request.asked().entrySet().stream().anyMatch(asked -> {
            HoldLine line = hold == null ? null : hold.line(asked.getKey());
            return asked.getValue() > (line == null ? 0 : line.qty());
        });
    }

    private static boolean isShort(
            Caller caller, Moment now, HoldRequest request, Rejected rejected, @Nullable Hold hold) {
        Refusal refusal = new Refusal(caller.since(), now);
        return rejected.lines().stream().allMatch(line -> {
            HoldLine own = hold == null ? null : hold.line(line.key());
            Long asked = request.lines().isEmpty()
                    ? (Long) (own == null ? 0 : own.qty())
                    : request.asked().get(line.key());
            return asked != null && asked == -line.delta() && refusal.isShort(line, asked, request.holdId());
        });
    }

    /** It is so already. */
    void already(Caller caller, Moment now, @Nullable HoldRequest request, Hold hold) {
        State wish = request != null && request.kind() == Kind.CONFIRM ? State.CONFIRMED : State.RELEASED;
        require(
                request != null
                        && request.kind() != Kind.PLACE
                        && request.kind() != Kind.EXTEND
                        && hold.recorded() == wish,
                () -> "it is not so: " + request + ", " + hold);
        shows(caller, now, hold.id(), hold);
    }

    /** A caller was shown a hold as it was at a moment since it asked, or that there is none. */
    void shown(Caller caller, Moment now, String holdId, @Nullable HoldNow seen) {
        shows(caller, now, holdId, seen == null ? null : seen.hold());
        if (seen == null) {
            return;
        }
        Hold hold = seen.hold();
        if (seen.state() == State.HELD) {
            require(
                    hold.recorded() == State.HELD
                            && (!now.follows(caller.since())
                                    || hold.endsMs() > caller.since().at().toEpochMilli()),
                    () -> "shown after its end: " + seen + ", " + caller);
        } else {
            boolean ended = seen.state() == State.EXPIRED && hold.recorded() == State.HELD;
            require(ended || seen.state() == hold.recorded(), () -> "not its state: " + seen);
            if (ended) {
                requireEnded(caller, now, hold);
            }
        }
    }

    private void requireEnded(Caller caller, Moment now, Hold hold) {
        if (hold.recorded() == State.HELD
                && now.follows(caller.since())
                && hold.endsMs() > now.at().toEpochMilli()) {
            mustHaveLapsed.add(hold.id());
        }
    }

    private void shows(Caller caller, Moment now, String holdId, @Nullable Hold hold) {
        Hold before = caller.hold();
        boolean later = before == null
                || (hold != null && hold.placed().equals(before.placed()) && hold.version() >= before.version());
        require(
                later || (before != null && HoldReplay.isForgettable(before, now)),
                () -> before + " was known before " + hold + " of " + holdId);
        if (hold != null) {
            newlyShown.add(hold);
            toldAbout(hold);
        }
    }

    private void toldAbout(Hold hold) {
        told.merge(
                hold.id(),
                hold,
                (before, now) ->
                        before.placed().equals(now.placed()) && before.version() > now.version() ? before : now);
    }

    /** Holds what was told against the log, which has been read. */
    void requireWhatWasTold() {
        newlyShown.forEach(hold -> require(log.holds().was(hold), () -> "shown and gone: " + hold));
        mustHaveLapsed.forEach(
                id -> require(log.holds().hasLapsed(id), () -> "told that it has ended, and it had not: " + id));
        newlyShown.clear();
        mustHaveLapsed.clear();
    }
}
