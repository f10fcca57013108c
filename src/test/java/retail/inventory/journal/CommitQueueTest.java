package retail.inventory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException.Cause;

/** The queue before the disk: how much may wait, and what is said of it. */
@Timeout(60)
class CommitQueueTest {

    /** Of a line without its texts, as the queue estimates it. */
    private static final int LINE_BYTES = 300;

    private static final int TEXT_MAX = PendingAppend.LINE_BYTES_MAX / 6;

    private static final long A_WHILE_NANOS = 50_000_000;

    /** Longer than a test may take. */
    private static final long LONG_NANOS = Duration.ofMinutes(2).toNanos();

    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void takesAsManyBytesAsItMay() {
        CommitQueue queue = open(2 * (LINE_BYTES + 20));
        queue.add(pending(20));
        queue.add(pending(20));
        assertThatThrownBy(() -> queue.add(pending(2)))
                .isInstanceOfSatisfying(
                        LogUnavailableException.class,
                        full -> assertThat(full.reason()).isEqualTo(Cause.FULL));
        assertThat(queue.status().queueDepth()).isEqualTo(2);
        take(queue);
        queue.add(pending(20));
    }

    @Test
    void takesTextsAsLongAsALineMayHave() {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(TEXT_MAX - LINE_BYTES));
        assertThatThrownBy(() -> queue.add(pending(TEXT_MAX)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void isBusyOnlyWhileTheDiskWorks() {
        CommitQueue queue = open(1 << 20);
        assertThat(queue.status()).isEqualTo(new LogStatus(State.OPEN, "", 0, 0));
        queue.add(pending(2));
        assertThat(queue.status()).isEqualTo(new LogStatus(State.OPEN, "", 1, 0));
        List<PendingAppend> batch = take(queue);
        assertThat(batch).hasSize(1);
        queue.add(pending(2));
        LogStatus busy = queue.status();
        assertThat(busy.queueDepth()).as("one at the disk, one behind it").isEqualTo(2);
        await().until(() -> queue.status().busyMs() > 0);
        assertThat(queue.status().busyMs()).isLessThan(TimeUnit.NANOSECONDS.toMillis(LONG_NANOS));
        queue.fail(batch, "broken");
        assertThat(queue.status().busyMs()).as("nothing is being written").isZero();
    }

    @Test
    void hasNothingAtTheDiskOnceABatchIsDurable() {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(2));
        take(queue);
        assertThat(queue.lagNanos()).isPositive();

        queue.synced(1, 1);

        assertThat(queue.status()).as("before its events are answered").isEqualTo(new LogStatus(State.OPEN, "", 0, 0));
        assertThat(queue.lagNanos()).isZero();
    }

    @Test
    void pausesWhileItIsNotClosed() {
        CommitQueue queue = open(1 << 20);
        long start = System.nanoTime();
        assertThat(queue.pauseWhileNotClosed(30)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
        queue.become(State.CLOSED, "closed");
        assertThat(queue.pauseWhileNotClosed(TimeUnit.HOURS.toMillis(1))).isFalse();
        queue.become(State.OPEN, "closed for good");
        assertThat(queue.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void leavesTheGateOpenForOthers() throws Exception {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(2));
        queue.fail(take(queue), "broken");
        queue.pauseWhileNotClosed(1);
        queue.become(State.OPEN, "");
        assertThat(CompletableFuture.supplyAsync(queue::status)
                        .get(1, TimeUnit.MINUTES)
                        .state())
                .isEqualTo(State.OPEN);
    }

    @Test
    void waitsForThoseWhoWereAnsweredWhenSyncsAreSlow() throws Exception {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(2));
        queue.synced(2, TimeUnit.HOURS.toNanos(1)); // one waits, two may come again
        CompletableFuture<List<PendingAppend>> batch = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().start(() -> batch.complete(take(queue)));
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        queue.add(pending(2));
        assertThat(batch).isNotDone();
        queue.add(pending(2));
        assertThat(batch.get(1, TimeUnit.MINUTES)).hasSize(3);
    }

    @Test
    void waitsForThoseWhoWereLetInAfterOthersHadWritten() throws Exception {
        CommitQueue queue = open(1 << 20);
        AtomicInteger letIn = new AtomicInteger(4);
        queue.expect(letIn::get);
        queue.synced(1, TimeUnit.HOURS.toNanos(1));
        queue.goBack(() -> {});
        queue.add(pending(2));
        CompletableFuture<List<PendingAppend>> batch = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().start(() -> batch.complete(take(queue)));
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        queue.add(pending(2));
        queue.add(pending(2));
        assertThat(batch).isNotDone();
        letIn.set(3); // one of them was refused, of which the queue hears nothing
        assertThat(batch.get(1, TimeUnit.MINUTES)).hasSize(3);
    }

    @Test
    void takesWhatIsThereWhenTheyDoNotCome() {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(2));
        queue.synced(2, TimeUnit.MILLISECONDS.toNanos(20));
        long start = System.nanoTime();
        assertThat(take(queue)).hasSize(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void waitsForNobodyWhenItIsClosed() throws Exception {
        CommitQueue queue = open(1 << 20);
        queue.add(pending(2));
        queue.synced(2, TimeUnit.HOURS.toNanos(1));
        CompletableFuture<List<PendingAppend>> batch = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().start(() -> batch.complete(take(queue)));
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        queue.become(State.CLOSED, "closed");
        assertThat(batch.get(1, TimeUnit.MINUTES)).hasSize(1);
    }

    @Test
    void saysHowLongTheOldestHasWaited() {
        CommitQueue queue = open(1 << 20);
        assertThat(queue.lagNanos()).as("nothing waits").isZero();
        queue.add(pending(2));
        await().until(() -> queue.lagNanos() > A_WHILE_NANOS);
        queue.add(pending(2));
        assertThat(queue.lagNanos()).as("of two").isBetween(A_WHILE_NANOS, LONG_NANOS);
        List<PendingAppend> batch = take(queue);
        queue.add(pending(2));
        assertThat(queue.lagNanos()).as("while the disk works").isBetween(A_WHILE_NANOS, LONG_NANOS);
        queue.fail(batch, "broken");
        assertThat(queue.lagNanos()).as("all are answered").isZero();
    }

    private static List<PendingAppend> take(CommitQueue queue) {
        assertThat(queue.await()).isTrue();
        return queue.take();
    }

    private static CommitQueue open(long bytesMax) {
        CommitQueue queue = new CommitQueue(bytesMax);
        queue.become(State.OPEN, "");
        return queue;
    }

    /** An event with so many characters of text, in all its texts. */
    private PendingAppend pending(int text) {
        String name = "x".repeat(Math.clamp(text / 4, 1, 60));
        String half = "x".repeat(Math.max(0, text - 2 * name.length()) / 2);
        Event event = Events.event(
                Event.NOT_YET,
                new UUID(1, ids.incrementAndGet()),
                1,
                Event.ADJUST,
                name,
                name,
                1,
                null,
                1,
                1,
                new Event.KeyedRequest(half, half + "x".repeat(Math.max(0, text - 2 * name.length()) % 2)));
        return new PendingAppend(event, outcome -> {});
    }
}
