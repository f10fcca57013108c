package retail.inventory.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import retail.inventory.admission.BoundedBulkhead.Entry;

/** How many are worked on, how many wait, and who is sent away. */
class BoundedBulkheadTest {

    private static final Duration FOR_LONG = Duration.ofMinutes(5);
    private static final long WORK_NANOS = 100_000;
    private static final Duration NOT_LONG = Duration.ofMillis(30);

    private static BoundedBulkhead bulkhead(int concurrency, int queueMax, Duration waitMax) {
        return new BoundedBulkhead(BulkheadRegistry.ofDefaults(), "changes", concurrency, queueMax, waitMax);
    }

    private static void isAt(BoundedBulkhead bulkhead, int active, int waiting) {
        assertThat(bulkhead.active()).as("active").isEqualTo(active);
        assertThat(bulkhead.waiting()).as("waiting").isEqualTo(waiting);
        assertThat(bulkhead.inside()).as("inside").isEqualTo(active + waiting);
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(1));
    }

    /** A request that comes while nobody can be let in, when it waits. */
    private static CompletableFuture<Entry> waiter(BoundedBulkhead bulkhead) {
        int before = bulkhead.waiting();
        CompletableFuture<Entry> entry = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> entry.complete(bulkhead.enter()));
        soon().until(() -> bulkhead.waiting() == before + 1 && thread.getState() == Thread.State.TIMED_WAITING);
        return entry;
    }

    @Test
    void sendsAwayAtOnceWhoComesWhenAllPlacesAreTaken() throws Exception {
        BoundedBulkhead bulkhead = bulkhead(2, 3, FOR_LONG);
        isAt(bulkhead, 0, 0);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        isAt(bulkhead, 2, 0);
        List<CompletableFuture<Entry>> waiting = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            waiting.add(waiter(bulkhead));
            isAt(bulkhead, 2, i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(CompletableFuture.supplyAsync(bulkhead::enter).get(1, TimeUnit.MINUTES))
                    .isEqualTo(Entry.QUEUE_FULL);
            isAt(bulkhead, 2, 3);
        }
        for (int left = 2; left >= 0; left--) {
            bulkhead.leave(false);
            assertThat(waiting.get(2 - left).get(1, TimeUnit.MINUTES)).isEqualTo(Entry.ADMITTED);
            isAt(bulkhead, 2, left);
        }
        bulkhead.leave(false);
        isAt(bulkhead, 1, 0);
        bulkhead.leave(false);
        isAt(bulkhead, 0, 0);
    }

    @Test
    void hasNoQueueWithZero() {
        BoundedBulkhead bulkhead = bulkhead(1, 0, FOR_LONG);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        assertThat(bulkhead.enter()).isEqualTo(Entry.QUEUE_FULL);
        bulkhead.leave(false);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void whoPassesItsTurnOnStaysInside() throws Exception {
        BoundedBulkhead bulkhead = bulkhead(1, 2, FOR_LONG);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        CompletableFuture<Entry> next = waiter(bulkhead);
        bulkhead.pass();
        assertThat(next.get(1, TimeUnit.MINUTES)).isEqualTo(Entry.ADMITTED);
        assertThat(bulkhead.active()).isEqualTo(1);
        assertThat(bulkhead.waiting()).isZero();
        assertThat(bulkhead.inside()).isEqualTo(2);
        bulkhead.pass();
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        assertThat(bulkhead.enter()).as("all inside count").isEqualTo(Entry.QUEUE_FULL);
        bulkhead.leave(true);
        bulkhead.leave(true);
        isAt(bulkhead, 1, 0);
        bulkhead.leave(false);
        isAt(bulkhead, 0, 0);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        CompletableFuture<Entry> last = waiter(bulkhead);
        assertThat(bulkhead.waiting()).as("those who passed theirs on are gone").isEqualTo(1);
        bulkhead.leave(false);
        assertThat(last.get(1, TimeUnit.MINUTES)).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void givesUpAfterTheDeadlineAndTakesNoPlaceThen() {
        BoundedBulkhead bulkhead = bulkhead(1, 1, NOT_LONG);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        for (int i = 0; i < 5; i++) { // were a place in the queue kept, the second would be sent away at once
            long start = System.nanoTime();
            assertThat(bulkhead.enter()).isEqualTo(Entry.TIMED_OUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(NOT_LONG.toNanos());
            isAt(bulkhead, 1, 0);
        }
        bulkhead.leave(false);
        isAt(bulkhead, 0, 0);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
    }

    @Test
    void anInterruptedWaiterTakesNoPlace() throws Exception {
        BoundedBulkhead bulkhead = bulkhead(1, 1, FOR_LONG);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Entry> entry = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            entry.complete(bulkhead.enter());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        soon().until(() -> bulkhead.waiting() == 1);
        thread.interrupt();
        assertThat(entry.get(1, TimeUnit.MINUTES)).isEqualTo(Entry.TIMED_OUT);
        assertThat(interrupted.get(1, TimeUnit.MINUTES)).isTrue();
        isAt(bulkhead, 1, 0);
        bulkhead.leave(false);
        isAt(bulkhead, 0, 0);
    }

    @Test
    void letsThemInInTheOrderTheyCame() {
        int many = 20;
        BoundedBulkhead bulkhead = bulkhead(1, many, FOR_LONG);
        assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
        List<CompletableFuture<Entry>> waiting = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            waiting.add(waiter(bulkhead));
        }
        for (int next = 0; next < many; next++) {
            bulkhead.leave(false);
            assertThat(waiting.get(next)).succeedsWithin(1, TimeUnit.MINUTES).isEqualTo(Entry.ADMITTED);
            assertThat(waiting.subList(next + 1, many)).as("behind it").noneMatch(CompletableFuture::isDone);
            isAt(bulkhead, 1, many - next - 1);
        }
        bulkhead.leave(false);
        isAt(bulkhead, 0, 0);
    }

    /** A newcomer does not get the place of one who has waited. */
    @Test
    void aNewcomerQueuesBehindWhoWaits() throws Exception {
        BoundedBulkhead bulkhead = bulkhead(1, 5, FOR_LONG);
        for (int round = 0; round < 50; round++) {
            assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
            CompletableFuture<Entry> first = waiter(bulkhead);
            List<String> order = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> firstIsIn = first.thenRun(() -> {
                order.add("first");
                bulkhead.leave(false);
            });
            bulkhead.leave(false);
            assertThat(bulkhead.enter()).isEqualTo(Entry.ADMITTED);
            order.add("newcomer");
            firstIsIn.get(1, TimeUnit.MINUTES);
            assertThat(order).containsExactly("first", "newcomer");
            bulkhead.leave(false);
        }
        isAt(bulkhead, 0, 0);
    }

    @Test
    void neverHasMoreThanMayBeWhenManyCome() throws InterruptedException {
        int concurrency = 4;
        int queueMax = 6;
        BoundedBulkhead bulkhead = bulkhead(concurrency, queueMax, Duration.ofMillis(5));
        AtomicInteger working = new AtomicInteger();
        AtomicInteger workingMost = new AtomicInteger();
        Map<Entry, AtomicInteger> ends = new EnumMap<>(Entry.class);
        for (Entry end : Entry.values()) {
            ends.put(end, new AtomicInteger());
        }
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                awaitStart(start);
                for (int time = 0; time < 50; time++) {
                    Entry end = bulkhead.enter();
                    count(ends, end);
                    if (end == Entry.ADMITTED) {
                        workingMost.accumulateAndGet(working.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(WORK_NANOS);
                        working.decrementAndGet();
                        bulkhead.leave(false);
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(workingMost).as("at once").hasValue(concurrency);
        assertThat(ends.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(200 * 50);
        assertThat(ends.get(Entry.ADMITTED)).hasPositiveValue();
        assertThat(ends.get(Entry.QUEUE_FULL)).hasPositiveValue();
        isAt(bulkhead, 0, 0);
    }

    private static void count(Map<Entry, AtomicInteger> ends, Entry end) {
        AtomicInteger counter = ends.get(end);
        if (counter != null) {
            counter.incrementAndGet();
        }
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            assertThat(start.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
