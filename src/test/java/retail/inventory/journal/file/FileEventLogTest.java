package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.files.StuckDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.Events;
import retail.inventory.journal.LogUnavailableException.Cause;

class FileEventLogTest {

    private static final long A_WHILE_NANOS = 50_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SimDisk disk = new SimDisk();

    @Test
    void answersInOrderWithContiguousSequences() {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            List<CompletableFuture<Appended>> answers = log.appendAll(1, 200);
            for (int i = 1; i <= 200; i++) {
                assertThat(answers.get(i - 1).join()).isEqualTo(new Appended.Durable(i));
            }
            assertThat(log.log().durableSequence()).isEqualTo(200);
            assertThat(log.answered()).isSorted().hasSize(200);
        }
    }

    @Test
    void servesAllThatQueueWithOneForce() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            disk.hook(stuck);
            CompletableFuture<Appended> first = log.append(LogOnDisk.event(1));
            stuck.awaitReached();
            List<CompletableFuture<Appended>> rest = log.appendAll(2, 100);
            assertThat(first).isNotDone();
            assertThat(log.log().status().queueDepth()).isEqualTo(100);
            stuck.release.countDown();
            CompletableFuture.allOf(rest.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(stuck.calls)
                .as("one force for the first, one for all others, one of the mark, one of the end without room")
                .hasValue(4);
    }

    @Test
    void tellsOfEachBatchWhatItServedAndHowLongTheDiskTook() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        List<String> batches = Collections.synchronizedList(new ArrayList<>());
        List<Long> forces = Collections.synchronizedList(new ArrayList<>());
        BatchObserver observer = (first, last, nanos, forceNanos) -> {
            assertThat(nanos).isGreaterThanOrEqualTo(forceNanos);
            batches.add(first + "-" + last);
            forces.add(forceNanos);
        };
        try (LogOnDisk log = LogOnDisk.openWatched(disk, observer)) {
            disk.hook(stuck);
            log.appendAll(1, 1);
            stuck.awaitReached();
            await().until(() -> log.log().durableLagNanos() > A_WHILE_NANOS);
            log.appendAll(2, 100);
            stuck.release.countDown();
        }
        assertThat(batches).containsExactly("1-1", "2-100");
        assertThat(forces.getFirst()).isGreaterThan(A_WHILE_NANOS / 2);
    }

    @Test
    void servesOnWhenSomebodyWhoWatchesFails() {
        List<Long> told = Collections.synchronizedList(new ArrayList<>());
        BatchObserver broken = (first, last, nanos, forceNanos) -> {
            throw new IllegalStateException("a metric is broken");
        };
        try (LogOnDisk log = LogOnDisk.openWatched(disk, broken, (first, last, nanos, forceNanos) -> told.add(last))) {
            for (int i = 1; i <= 3; i++) {
                assertThat(log.append(LogOnDisk.event(i)))
                        .succeedsWithin(PATIENCE)
                        .isEqualTo(new Appended.Durable(i));
            }
        }
        assertThat(told).as("the others are told all the same").containsExactly(1L, 2L, 3L);
    }

    @Test
    void answersNothingBeforeTheForceReturned() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            disk.hook(stuck);
            CompletableFuture<Appended> answer = log.append(LogOnDisk.event(1));
            stuck.awaitReached();
            assertThat(answer).isNotDone();
            assertThat(log.log().durableSequence()).isZero();
            stuck.release.countDown();
            assertThat(answer.join()).isEqualTo(new Appended.Durable(1));
        }
    }

    @Test
    void refusesMoreThanMayWait() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        try (LogOnDisk log = LogOnDisk.open(disk, new FileEventLog.Options(1 << 20, 1500, 1, false, null))) {
            disk.hook(stuck);
            var _ = log.append(LogOnDisk.event(1));
            stuck.awaitReached();
            List<CompletableFuture<Appended>> waiting = log.appendAll(2, 5);
            log.refuses(Cause.FULL);
            stuck.release.countDown();
            waiting.forEach(CompletableFuture::join);
            assertThat(log.appendDurably(LogOnDisk.event(99)))
                    .as("once there is room again")
                    .isEqualTo(6);
        }
    }

    @Test
    void refusesASecondEventWithTheSameIdAlsoAfterARestart() {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            assertThatThrownBy(() -> log.append(LogOnDisk.event(1))).isInstanceOf(IllegalArgumentException.class);
        }
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThatThrownBy(() -> log.append(LogOnDisk.event(1))).isInstanceOf(IllegalArgumentException.class);
            assertThat(log.appendDurably(LogOnDisk.event(2))).isEqualTo(2);
        }
    }

    @Test
    void answersADurableEventOnceEvenWhenTakingTheAnswerFails() {
        List<Appended> answers = Collections.synchronizedList(new ArrayList<>());
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.log().append(LogOnDisk.event(1), answer -> {
                answers.add(answer);
                throw new OutOfMemoryError("injected");
            });
            assertThat(log.appendDurably(LogOnDisk.event(2))).isEqualTo(2);
            assertThat(answers).containsExactly(new Appended.Durable(1));
        }
    }

    @Test
    void triesAgainWhenEvenTheProbeRunsOutOfMemory() {
        AtomicInteger writes = new AtomicInteger();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            disk.hook((operation, file) -> {
                if (operation == Operation.WRITE && writes.incrementAndGet() <= 3) {
                    throw new OutOfMemoryError("injected");
                }
            });
            assertThat(log.appendAndWait(LogOnDisk.event(1))).isInstanceOf(Appended.Unavailable.class);
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(2))).isEqualTo(1);
        }
    }

    @Test
    void refusesAnEventThatCouldNotBeReadAgain() {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            Event event = LogOnDisk.event(1);
            Event tooLong = Events.event(
                    Event.NOT_YET,
                    event.eventId(),
                    event.atMs(),
                    event.type(),
                    event.movement().key().storeId(),
                    event.movement().key().sku(),
                    Events.amount(event),
                    null,
                    event.movement().qty(),
                    event.movement().version(),
                    new Event.KeyedRequest("k".repeat(SegmentScanner.LINE_BYTES_MAX / 6), "f"));
            assertThatThrownBy(() -> log.append(tooLong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void goesOnWhenTheMarkCannotBeWritten() {
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.equals(LogOnDisk.MARK)) {
                throw new IOException("injected");
            }
        });
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.appendDurably(LogOnDisk.event(1))).isEqualTo(1);
        }
        LogOnDisk.requireEvents(disk.copy(), 1);
    }

    @Test
    void writesWhatIsQueuedBeforeItCloses() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        LogOnDisk log = LogOnDisk.open(disk);
        disk.hook(stuck);
        var _ = log.append(LogOnDisk.event(1));
        stuck.awaitReached();
        List<CompletableFuture<Appended>> waiting = log.appendAll(2, 5);
        Thread closing = Thread.ofVirtual().start(log::close);
        await().until(() -> log.log().status().state() == State.CLOSED);
        log.refuses(Cause.CLOSED);
        stuck.release.countDown();
        closing.join();

        assertThat(waiting).allMatch(answer -> answer.join() instanceof Appended.Durable);
        LogOnDisk.requireEvents(disk.crash(new Random(1)), 1, 2, 3, 4, 5);
    }
}
