package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogAge;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.journal.OvertakenException;
import retail.inventory.journal.PendingAppend;
import retail.inventory.journal.Submitter;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/**
 * A log whose answers are given by the test, on the test's thread. It keeps the port's promises, and it is an arbiter: a
 * durable event must follow the SKU's latest durable one, in version and in quantity.
 */
final class FakeEventLog implements EventLog, EventFeed {

    private final List<Pending> pending = new ArrayList<>();
    private final List<Event> stored = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();
    private final Map<StockKey, InventoryRecord> latest = new HashMap<>();
    private @Nullable Throwable refusal;
    private long durable;
    private volatile boolean goingBack;
    private long openedAfter = -1;
    private Duration openedForKeysOf = Duration.ZERO;

    private record Pending(Event event, Submitter answer) {}

    @Override
    public synchronized Recovered open(long after, Duration keysLive, Consumer<Event> reader) {
        openedAfter = after;
        openedForKeysOf = keysLive;
        LogAge age = new LogAge(stored.isEmpty() ? 0 : stored.getLast().atMs(), 0);
        List<Event> wanted = stored.stream()
                .sorted(Comparator.comparingLong(Event::sequence).reversed())
                .takeWhile(event -> event.sequence() > after || age.before(event.atMs()) < keysLive.toMillis())
                .sorted(Comparator.comparingLong(Event::sequence))
                .toList();
        wanted.forEach(reader);
        return new Recovered(durable, wanted.size(), 100L * wanted.size(), List.of("a repair of the log"));
    }

    @Override
    public synchronized void append(Event event, Submitter answer) {
        if (refusal instanceof RuntimeException e) {
            throw e;
        }
        if (refusal instanceof Error e) {
            throw e;
        }
        if (goingBack || !answer.stands()) {
            throw new OvertakenException();
        }
        if (!ids.add(event.eventId())) {
            throw new IllegalArgumentException("event " + event.eventId() + " is in the log already");
        }
        pending.add(new Pending(event, answer));
    }

    @Override
    public void release(long through, Duration young, LongConsumer pace) {
        throw new AssertionError("the service releases nothing");
    }

    @Override
    public synchronized long durableSequence() {
        return durable;
    }

    @Override
    public synchronized Batch read(long after, int limit) {
        long to = Math.min(durable, after + limit);
        return new Batch(
                stored.stream()
                        .filter(event -> event.sequence() > after && event.sequence() <= to)
                        .toList(),
                to);
    }

    @Override
    public Original original(long sequence) {
        throw new AssertionError("the service asks for no lines");
    }

    @Override
    public void onCommit(Runnable listener) {
        throw new AssertionError("the service does not follow the log");
    }

    @Override
    public long holdsThrough(String logId) {
        return EventLog.super.holdsThrough(logId);
    }

    @Override
    public @Nullable String logId() {
        return null;
    }

    @Override
    public LogStatus status() {
        return new LogStatus(State.OPEN, "", pendingEvents().size(), 0);
    }

    @Override
    public void close() {}

    /** Waits until exactly so many events wait for their answer. */
    List<Event> awaitPending(int count) {
        await().until(() -> pendingEvents().size() == count);
        return pendingEvents();
    }

    synchronized List<Event> pendingEvents() {
        return pending.stream().map(Pending::event).toList();
    }

    /** The oldest pending event is durable. */
    void makesDurable() {
        Pending oldest = take(0);
        oldest.answer().accept(new Appended.Durable(store(oldest.event())));
    }

    /** So many events become durable, the oldest first, as they come. */
    void makesDurable(int count) {
        for (int i = 0; i < count; i++) {
            await().until(() -> !pendingEvents().isEmpty());
            makesDurable();
        }
    }

    /** Others wrote first: all that is pending is undone, newest first, theirs is taken in, then it is decided again. */
    void overtaken(Runnable takeIn) {
        List<Pending> open;
        synchronized (this) {
            goingBack = true;
            open = List.copyOf(pending);
            pending.clear();
            open.forEach(one -> ids.remove(one.event().eventId()));
        }
        open.reversed().forEach(one -> one.answer().undo());
        takeIn.run();
        open.forEach(this::decideAgain);
        goingBack = false;
    }

    private void decideAgain(Pending undone) {
        PendingAppend again = undone.answer().decideAgain(new PendingAppend(undone.event(), undone.answer()));
        if (again != null) {
            synchronized (this) {
                assertThat(ids.add(again.event().eventId())).isTrue();
                pending.add(new Pending(again.event(), again.submitter()));
            }
        }
    }

    @Override
    public void requireTaking() {
        if (goingBack) {
            await().until(() -> !goingBack);
        }
    }

    /** Everything pending is lost, answered newest first; nothing more is taken until it works again. */
    void fails() {
        refuses(new LogUnavailableException(Cause.STORAGE_FAILED, "the disk failed"));
        for (int left = pendingEvents().size(); left > 0; left--) {
            lose(take(left - 1));
        }
    }

    /** The only pending event is lost, and the log works again before anybody notices. */
    void losesTheOnlyOne() {
        assertThat(pendingEvents()).hasSize(1);
        lose(take(0));
    }

    synchronized void refuses(@Nullable Throwable with) {
        refusal = with;
    }

    synchronized void worksAgain() {
        refusal = null;
    }

    /** The state that the log's earlier events led to. */
    synchronized void holds(InventoryRecord record) {
        latest.put(record.key(), record);
    }

    /** An event from before the start; sequences may be skipped, as after a repair. */
    synchronized void stores(Event event) {
        stored.add(event);
        durable = event.sequence();
    }

    synchronized long openedAfter() {
        return openedAfter;
    }

    synchronized Duration openedForKeysOf() {
        return openedForKeysOf;
    }

    private synchronized Pending take(int index) {
        return pending.remove(index);
    }

    private void lose(Pending lost) {
        synchronized (this) {
            ids.remove(lost.event().eventId());
        }
        lost.answer().undo();
        lost.answer().accept(new Appended.Unavailable("the disk failed"));
    }

    private synchronized long store(Event event) {
        for (int i = 0; i < event.movements().size(); i++) {
            Movement moved = event.movements().get(i);
            InventoryRecord before = latest.get(moved.key());
            assertThat(moved.version()).isEqualTo(before == null ? 1 : before.version() + 1);
            assertThat(moved.qty()).isEqualTo((before == null ? 0 : before.qty()) + moved.delta());
            latest.put(moved.key(), new InventoryRecord(moved.key(), moved.qty(), moved.version(), event.at()));
        }
        durable++;
        stored.add(event.at(durable));
        return durable;
    }
}
