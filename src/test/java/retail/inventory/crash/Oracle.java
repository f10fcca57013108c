package retail.inventory.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.service.Answer;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** What callers were told, and whether what is left after a crash agrees. Each request has an amount of its own. */
final class Oracle {

    /** What is known of a request: it must, may or must not be in the log. */
    private enum Fate {
        ACKNOWLEDGED,
        UNKNOWN,
        ABSENT
    }

    /**
     * A request.
     *
     * @param delta what it changes; no two requests have the same
     */
    record Request(
            StockKey key,
            long delta,
            @Nullable Long expectedVersion,
            @Nullable String idempotencyKey) {}

    private final Map<Long, Fate> fates = new HashMap<>();
    private final Map<Long, Answer.Accepted> answers = new HashMap<>();
    private final List<InventoryRecord> shown = new ArrayList<>();

    synchronized void accepted(Request request, Answer.Accepted answer) {
        Answer.Accepted before = answers.putIfAbsent(request.delta(), answer);
        if (before != null) {
            assertThat(answer.eventId()).as("the first answer to " + request).isEqualTo(before.eventId());
            assertThat(answer.sequence()).as("the first answer to " + request).isEqualTo(before.sequence());
            assertThat(answer.record()).as("the first answer to " + request).isEqualTo(before.record());
            assertThat(answer.replayed()).as("marked as replayed: " + request).isTrue();
        }
        // a request that was absent may be sent again with its key, so any fate may become this one
        fates.put(request.delta(), Fate.ACKNOWLEDGED);
    }

    synchronized void unknown(Request request) {
        fates.merge(request.delta(), Fate.UNKNOWN, (old, now) -> old == Fate.ACKNOWLEDGED ? old : now);
    }

    /** It was refused: nothing happened, unless an earlier try of the same request had another end. */
    synchronized void refused(Request request) {
        fates.putIfAbsent(request.delta(), Fate.ABSENT);
    }

    synchronized void shown(InventoryRecord record) {
        shown.add(record);
    }

    /** Holds the log and the recovered records against what callers were told; settles what was unknown. */
    synchronized void requireAgreement(List<Event> log, Map<StockKey, InventoryRecord> records) {
        Map<Long, Event> byDelta = new HashMap<>();
        Map<StockKey, List<Event>> bySku = new HashMap<>();
        for (Event event : log) {
            assertThat(event.sequence()).as("contiguous sequences").isEqualTo(byDelta.size() + 1L);
            assertThat(byDelta.put(delta(event), event))
                    .as("a second effect of " + event)
                    .isNull();
            List<Event> earlier = bySku.computeIfAbsent(key(event), key -> new ArrayList<>());
            long qty = earlier.isEmpty() ? 0 : earlier.getLast().resultQty();
            earlier.add(event);
            assertThat(event.resultVersion())
                    .as("contiguous versions: " + event)
                    .isEqualTo(earlier.size());
            assertThat(event.resultQty()).as("the balance: " + event).isEqualTo(qty + delta(event));
            assertThat(fates.get(delta(event)))
                    .as("a request that was refused or taken back is there: " + event)
                    .isIn(Fate.ACKNOWLEDGED, Fate.UNKNOWN);
        }
        answers.forEach((delta, answer) -> requireAnswer(answer, byDelta.get(delta)));
        for (InventoryRecord seen : shown) {
            List<Event> events = bySku.getOrDefault(seen.key(), List.of());
            assertThat(events).as("shown and gone: " + seen).hasSizeGreaterThanOrEqualTo((int) seen.version());
            assertThat(record(events.get((int) seen.version() - 1)))
                    .as("shown otherwise")
                    .isEqualTo(seen);
        }
        bySku.forEach((key, events) -> assertThat(records.get(key))
                .as("the record of " + key + " after " + events.getLast())
                .isEqualTo(record(events.getLast())));
        assertThat(records.keySet()).as("records without events").isSubsetOf(bySku.keySet());
        fates.replaceAll((delta, fate) -> byDelta.containsKey(delta) ? Fate.ACKNOWLEDGED : Fate.ABSENT);
    }

    private static void requireAnswer(Answer.Accepted answer, @Nullable Event event) {
        assertThat(event).as("acknowledged and lost: " + answer).isNotNull();
        if (event != null) {
            assertThat(event.sequence()).as("another place: " + answer).isEqualTo(answer.sequence());
            assertThat(event.eventId()).as("another id: " + answer).isEqualTo(answer.eventId());
            assertThat(record(event)).as("another result: " + answer).isEqualTo(answer.record());
        }
    }

    private static long delta(Event event) {
        return event.type().equals(Event.RESERVE) ? -event.amount() : event.amount();
    }

    private static StockKey key(Event event) {
        return new StockKey(event.storeId(), event.sku());
    }

    private static InventoryRecord record(Event event) {
        return new InventoryRecord(
                key(event), event.resultQty(), event.resultVersion(), Instant.ofEpochMilli(event.atMs()));
    }
}
