package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.service.Answer;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * What callers were told, whether that was true when they were told, and whether what is left after a crash agrees. Each
 * request has an amount of its own. Safe for use by several threads.
 */
final class Oracle {

    /** What is known of a request: it must, may or must not be in the log. */
    private enum Fate {
        ACKNOWLEDGED,
        UNKNOWN,
        ABSENT
    }

    /**
     * A caller that waits for an answer.
     *
     * @param life of which process; a process that has died answers nobody
     * @param floor the latest version of the SKU that anybody had been told by then
     * @param answered whether the request had been acknowledged by then
     */
    record Caller(int life, StockKey key, long floor, boolean answered) {}

    private final KnownLog log = new KnownLog();
    private final Map<Long, Fate> fates = new HashMap<>();
    private final Map<Long, Answer.Accepted> answers = new HashMap<>();
    private final Map<StockKey, Long> told = new HashMap<>();
    private final List<Answer.Accepted> newAnswers = new ArrayList<>();
    private final List<InventoryRecord> newlyShown = new ArrayList<>();
    private final List<Event> newlyFed = new ArrayList<>();
    private final Map<Request, Integer> open = new HashMap<>();
    private final Map<Request, Long> joined = new HashMap<>(); // a twin gets the first one's answer, which is older
    private int life;

    /** The process that runs now. */
    synchronized int life() {
        return life;
    }

    synchronized Caller sends(int to, Request request) {
        if (to != life) {
            return new Caller(to, request.key(), 0, false);
        }
        boolean keyed = request.idempotencyKey() != null;
        long floor = keyed ? joined.getOrDefault(request, toldOf(request.key())) : toldOf(request.key());
        if (open.merge(request, 1, Integer::sum) == 1) {
            joined.put(request, floor);
        }
        return new Caller(life, request.key(), floor, answers.containsKey(request.delta()));
    }

    synchronized Caller looks(int at, StockKey key) {
        return new Caller(at, key, toldOf(key), false);
    }

    synchronized void accepted(Caller caller, Request request, Answer.Accepted answer) {
        if (isGone(caller)) {
            return;
        }
        close(request);
        Answer.Accepted before = answers.putIfAbsent(request.delta(), answer);
        if (before == null) {
            newAnswers.add(answer);
        } else {
            require(sameAnswer(before, answer), () -> "another answer to " + request + ": " + answer + ", " + before);
        }
        require(answer.replayed() || !caller.answered(), () -> "not marked as replayed: " + request);
        int skus = 1 + request.also().size();
        require(answer.movements().size() == skus, () -> "a part of " + request + " was done: " + answer);
        for (int i = 0; i < answer.movements().size(); i++) {
            InventoryRecord record = answer.record(i);
            require(
                    answer.replayed() || record.version() > floor(caller, record.key()),
                    () -> "a change that comes before what was known before it: " + answer);
            toldAbout(record);
        }
        // a request that was absent may be sent again with its key, so any fate may become this one
        fates.put(request.delta(), Fate.ACKNOWLEDGED);
    }

    synchronized void unknown(Caller caller, Request request) {
        if (!isGone(caller)) {
            close(request);
            mayBeThere(request);
        }
    }

    /** It was refused by the rules. */
    synchronized void refused(Caller caller, Request request, Rejected rejected) {
        if (isGone(caller)) {
            return;
        }
        require(!caller.answered(), () -> "acknowledged, then refused: " + request);
        require(!rejected.lines().isEmpty(), () -> "refused for nothing: " + request);
        for (RejectedLine line : rejected.lines()) {
            InventoryRecord current = line.current();
            shows(caller, line.key(), current);
            long qty = current == null ? 0 : current.qty();
            long version = current == null ? 0 : current.version();
            Long expected = request.expectedVersion();
            require(
                    qty + request.delta() < 0 || (expected != null && expected != version),
                    () -> "no reason to refuse " + request + " on " + current);
        }
        notTaken(caller, request);
    }

    /** The log took nothing: nothing happened, unless an earlier or later try of the same request had another end. */
    synchronized void notTaken(Caller caller, Request request) {
        if (!isGone(caller)) {
            close(request);
            fates.putIfAbsent(request.delta(), Fate.ABSENT);
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
        open.keySet().forEach(this::mayBeThere);
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

    private void mayBeThere(Request request) {
        fates.merge(request.delta(), Fate.UNKNOWN, (old, now) -> old == Fate.ACKNOWLEDGED ? old : now);
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
    synchronized void requireAgreement(List<Event> recovered, Map<StockKey, InventoryRecord> records) {
        requireWhatWasTold(recovered);
        log.latest().forEach((key, last) -> {
            InventoryRecord record = records.get(key);
            require(last.equals(record), () -> "the record is " + record + ", not " + last);
        });
        require(log.keys().containsAll(records.keySet()), () -> "records without events among " + records);
        fates.replaceAll((delta, fate) -> log.hasEffect(delta) ? Fate.ACKNOWLEDGED : Fate.ABSENT);
    }

    /** Holds the durable events of a log against what callers were told. */
    synchronized void requireWhatWasTold(List<Event> durable) {
        for (Event event : log.learn(durable)) {
            Fate fate = fates.get(KnownLog.delta(event));
            require(
                    fate == Fate.ACKNOWLEDGED || fate == Fate.UNKNOWN,
                    () -> "a request that was refused or taken back is there: " + event);
        }
        newAnswers.forEach(answer -> requireAnswer(answer, log.at(answer.sequence())));
        newlyFed.forEach(event ->
                require(event.equals(log.at(event.sequence())), () -> "given to a follower, and gone: " + event));
        newlyShown.forEach(seen -> requireShown(seen, log.at(seen.key(), seen.version())));
        newAnswers.clear();
        newlyFed.clear();
        newlyShown.clear();
    }

    private static void requireAnswer(Answer.Accepted answer, @Nullable Event event) {
        require(
                event != null
                        && event.eventId().equals(answer.eventId())
                        && event.at().equals(answer.at())
                        && event.movements().equals(answer.movements()),
                () -> "acknowledged and lost: " + answer + "; there is " + event);
    }

    private static void requireShown(InventoryRecord seen, @Nullable Event event) {
        require(
                event != null && KnownLog.record(event, seen.key()).equals(seen),
                () -> "shown and gone: " + seen + "; there is " + event);
    }

    private static boolean sameAnswer(Answer.Accepted one, Answer.Accepted other) {
        return one.eventId().equals(other.eventId())
                && one.sequence() == other.sequence()
                && one.at().equals(other.at())
                && one.movements().equals(other.movements());
    }
}
