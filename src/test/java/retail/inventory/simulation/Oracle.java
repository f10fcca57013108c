package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldNow;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * What callers were told, whether that was true when they were told, and whether what is left after a crash agrees. Each
 * request has an amount of its own. Safe for use by several threads.
 */
final class Oracle {

    private final KnownLog log = new KnownLog();
    private final Fates fates = new Fates(log);
    private final ToldAnswers answers = new ToldAnswers(log);
    private final Map<StockKey, Long> told = new HashMap<>();
    private final List<InventoryRecord> newlyShown = new ArrayList<>();
    private final List<Event> newlyFed = new ArrayList<>();
    private final Map<Request, Integer> open = new HashMap<>();
    private final Map<Request, Caller> joined = new HashMap<>(); // a twin gets the first one's answer, which is older
    private final ToldHolds holds = new ToldHolds(log);
    private final Supplier<Moment> clock;
    private int life;

    /**
     * Knows nothing yet.
     *
     * @param clock what the service's clock shows
     */
    Oracle(Supplier<Moment> clock) {
        this.clock = clock;
    }

    /** The process that runs now. */
    synchronized int life() {
        return life;
    }

    synchronized Caller sends(int to, Request request) {
        if (to != life) {
            return new Caller(to, request.key(), 0, false, clock.get(), null);
        }
        boolean keyed = request.idempotencyKey() != null;
        Caller first = keyed ? joined.get(request) : null;
        HoldRequest hold = request.hold();
        Caller caller = new Caller(
                life,
                request.key(),
                first == null ? toldOf(request.key()) : first.floor(),
                answers.has(request),
                first == null ? clock.get() : first.since(),
                keyed || hold == null ? null : holds.told(hold.holdId()));
        if (open.merge(request, 1, Integer::sum) == 1) {
            joined.put(request, caller);
        }
        return caller;
    }

    synchronized Caller looks(int at, StockKey key) {
        return new Caller(at, key, toldOf(key), false, clock.get(), null);
    }

    synchronized Caller looks(int at, StockKey key, String holdId) {
        return new Caller(at, key, toldOf(key), false, clock.get(), holds.told(holdId));
    }

    /** An event with this id would be the effect of a request. */
    synchronized void numbered(UUID eventId, Request request) {
        log.numbered(eventId, request.delta());
    }

    synchronized void accepted(Caller caller, Request request, Answer.Accepted answer) {
        if (isGone(caller)) {
            return;
        }
        close(request);
        answers.told(request, answer);
        require(answer.replayed() || !caller.answered(), () -> "not marked as replayed: " + request);
        if (request.hold() == null) {
            int skus = 1 + request.also().size();
            require(answer.movements().size() == skus, () -> "a part of " + request + " was done: " + answer);
        } else {
            holds.accepted(request.hold(), answer);
        }
        for (int i = 0; i < answer.movements().size(); i++) {
            InventoryRecord record = answer.record(i);
            require(
                    answer.replayed() || record.version() > floor(caller, record.key()),
                    () -> "a change that comes before what was known before it: " + answer);
            toldAbout(record);
        }
        // a request that was absent may be sent again with its key, so any fate may become this one
        fates.acknowledged(request);
    }

    synchronized void unknown(Caller caller, Request request) {
        if (!isGone(caller)) {
            close(request);
            fates.mayBeThere(request);
        }
    }

    /** It was refused by the rules. */
    synchronized void refused(Caller caller, Request request, Rejected rejected) {
        if (isGone(caller)) {
            return;
        }
        require(!caller.answered(), () -> "acknowledged, then refused: " + request);
        for (RejectedLine line : rejected.lines()) {
            shows(caller, line.key(), line.current());
        }
        if (request.hold() == null) {
            new Refusal(caller.since(), clock.get()).requireReason(request, rejected);
        } else {
            holds.refused(caller, clock.get(), request.hold(), rejected);
        }
        notTaken(caller, request);
    }

    /** It was told that it is so already. */
    synchronized void already(Caller caller, Request request, Hold hold) {
        if (!isGone(caller)) {
            require(!caller.answered(), () -> "acknowledged, then nothing new: " + request);
            holds.already(caller, clock.get(), request.hold(), hold);
            notTaken(caller, request);
        }
    }

    /** A caller was shown a hold, or that there is none. */
    synchronized void shown(Caller caller, String holdId, @Nullable HoldNow hold) {
        if (!isGone(caller)) {
            holds.shown(caller, clock.get(), holdId, hold);
        }
    }

    /** The log took nothing: nothing happened, unless an earlier or later try of the same request had another end. */
    synchronized void notTaken(Caller caller, Request request) {
        if (!isGone(caller)) {
            close(request);
            fates.absent(request);
        }
    }

    /** A caller was shown a record, or that there is none. */
    synchronized void shown(Caller caller, @Nullable InventoryRecord record) {
        if (!isGone(caller)) {
            shows(caller, caller.key(), record);
        }
    }

    /** A follower was given events. */
    synchronized void fed(Caller caller, List<Event> events) {
        if (!isGone(caller)) {
            newlyFed.addAll(events);
        }
    }

    /** Everybody who is still waiting will never know. */
    synchronized void crash() {
        life++;
        open.keySet().forEach(fates::mayBeThere);
        open.clear();
        joined.clear();
    }

    private boolean isGone(Caller caller) {
        return caller.life() != life;
    }

    private void close(Request request) {
        if (open.merge(request, -1, Integer::sum) == 0) {
            open.remove(request);
            joined.remove(request);
        }
    }

    private void shows(Caller caller, StockKey key, @Nullable InventoryRecord record) {
        long version = record == null ? 0 : record.version();
        long floor = floor(caller, key);
        require(version >= floor, () -> "version " + floor + " was known before " + record);
        if (record != null) {
            newlyShown.add(record);
            toldAbout(record);
        }
    }

    /** What was known of other SKUs when the caller asked is not kept. */
    private static long floor(Caller caller, StockKey key) {
        return key.equals(caller.key()) ? caller.floor() : 0;
    }

    private long toldOf(StockKey key) {
        return told.getOrDefault(key, 0L);
    }

    private void toldAbout(InventoryRecord record) {
        told.merge(record.key(), record.version(), Math::max);
    }

    /** What the log is known to have. */
    KnownLog log() {
        return log;
    }

    /** Holds the log and the recovered records against what callers were told; settles what was unknown. */
    synchronized void requireAgreement(
            List<Event> recovered, Map<StockKey, InventoryRecord> records, List<Hold> known) {
        requireWhatWasTold(recovered);
        log.holds().requireAgreement(known, clock.get());
        log.latest().forEach((key, last) -> {
            InventoryRecord record = records.get(key);
            require(last.equals(record), () -> "the record is " + record + ", not " + last);
        });
        require(log.keys().containsAll(records.keySet()), () -> "records without events among " + records);
        fates.settle();
    }

    /** Holds the durable events of a log against what callers were told. */
    synchronized void requireWhatWasTold(List<Event> durable) {
        log.learn(durable, clock.get()).forEach(fates::requireExpected);
        answers.requireDurable();
        newlyFed.forEach(event ->
                require(event.equals(log.at(event.sequence())), () -> "given to a follower, and gone: " + event));
        newlyShown.forEach(seen -> requireShown(seen, log.at(seen.key(), seen.version())));
        holds.requireWhatWasTold();
        newlyFed.clear();
        newlyShown.clear();
    }

    private static void requireShown(InventoryRecord seen, @Nullable InventoryRecord there) {
        require(seen.equals(there), () -> "shown and gone: " + seen + "; there is " + there);
    }
}
