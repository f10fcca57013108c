package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.files.StuckDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed.Batch;
import retail.inventory.journal.EventLog.State;

/** Following a log while it is written: from memory and from files, and only what is durable. */
class FollowingTest {

    private static final FileEventLog.Options SMALL = LogOnDisk.segmentsOf(2000);

    private final SimDisk disk = new SimDisk();

    @Test
    void readsTheSameFromMemoryAndFromFiles() {
        try (LogOnDisk log = LogOnDisk.open(disk, SMALL)) {
            log.appendAll(1, 200).forEach(CompletableFuture::join);
            disk.hook((operation, file) -> {
                throw new IOException("memory needs no file: " + operation + " " + file);
            });
            for (int after = 0; after < 200; after++) {
                for (int limit : new int[] {1, 7, 1000}) {
                    int through = Math.min(200, after + limit);
                    assertThat(log.log().read(after, limit))
                            .isEqualTo(new Batch(LogOnDisk.logged(after + 1, through), through));
                }
            }
            disk.hook(DiskHook.NONE);
        }
        try (LogOnDisk log = LogOnDisk.open(disk, SMALL)) {
            assertThat(readOn(log, 0, 7)).as("memory is empty after a start").isEqualTo(LogOnDisk.logged(1, 200));
            log.appendAll(201, 230).forEach(CompletableFuture::join);
            assertThat(readOn(log, 150, 7)).as("files, then memory").isEqualTo(LogOnDisk.logged(151, 230));
        }
    }

    @Test
    void memoryThatHasMovedOnGivesNothing() {
        RecentEvents recent = new RecentEvents(8);
        assertThat(recent.range(1, 1)).isNull();
        for (int i = 1; i <= 11; i++) {
            recent.add(LogOnDisk.logged(i));
        }
        for (int from = 1; from <= 11; from++) {
            for (int to = from; to <= 11; to++) {
                List<Event> expected = from > 3 ? LogOnDisk.logged(from, to) : null;
                assertThat(recent.range(from, to)).as(from + " to " + to).isEqualTo(expected);
            }
        }
        assertThat(recent.range(4, 12)).as("one more than there is").isNull();
        assertThat(recent.range(12, 12)).as("not yet").isNull();
    }

    @Test
    void readsNothingBeyondTheDurableSequence() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            log.appendDurably(LogOnDisk.event(2));
            disk.hook(stuck);
            CompletableFuture<Appended> third = log.append(LogOnDisk.event(3));
            stuck.awaitReached();

            assertThat(log.log().durableSequence()).isEqualTo(2);
            assertThat(log.log().read(0, 1000)).isEqualTo(new Batch(LogOnDisk.logged(1, 2), 2));
            assertThat(log.log().read(2, 1000)).isEqualTo(new Batch(List.of(), 2));
            assertThat(log.log().read(5, 1000)).isEqualTo(new Batch(List.of(), 5));

            stuck.release.countDown();
            third.join();
            await().until(() -> log.log().durableSequence() == 3);
            assertThat(log.log().read(2, 1000)).isEqualTo(new Batch(LogOnDisk.logged(3, 3), 3));
        }
    }

    @Test
    void neverReadsWhatWasTakenBack() throws IOException {
        List<Event> expected = new ArrayList<>(LogOnDisk.logged(1, 5));
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            for (int i = 1; i <= 5; i++) {
                log.appendDurably(LogOnDisk.event(i));
            }
            for (int round = 0; round < 3; round++) {
                disk.hook(DiskHook.failing(Operation.FORCE, 1));
                assertThat(log.appendAndWait(LogOnDisk.event(90 + round))).isInstanceOf(Appended.Unavailable.class);
                await().until(() -> log.log().status().state() == State.OPEN);
                for (int i = 0; i < 2; i++) {
                    Event event = LogOnDisk.event(10 + 2 * round + i);
                    expected.add(event.at(log.appendDurably(event)));
                }
            }
            assertThat(readOn(log, 0, 1000)).isEqualTo(expected);
        }
        assertThat(Segments.events(disk, LogOnDisk.segment(1)))
                .as("the void line is there")
                .hasSize(6);
        for (int after = 0; after < expected.size(); after++) {
            SegmentFeed feed = Segments.feed(disk);
            List<Event> read = new ArrayList<>();
            for (long at = after; at < expected.size(); ) {
                Batch batch = feed.read(at, expected.size(), 3);
                read.addAll(batch.events());
                at = batch.through();
            }
            assertThat(read).isEqualTo(expected.subList(after, expected.size()));
        }
    }

    @Test
    void tellsOfACommitWhenItsEventsCanBeRead() {
        List<Event> followed = new CopyOnWriteArrayList<>();
        List<Boolean> complete = new CopyOnWriteArrayList<>();
        LogOnDisk log = LogOnDisk.open(disk, SMALL);
        log.log().onCommit(() -> {
            Batch batch = log.log().read(followed.size(), 1000);
            complete.add(
                    !batch.events().isEmpty() && batch.through() == log.log().durableSequence());
            followed.addAll(batch.events());
        });
        log.appendAll(1, 200).forEach(CompletableFuture::join);
        log.close();

        assertThat(followed).isEqualTo(LogOnDisk.logged(1, 200));
        assertThat(complete)
                .as("each commit brings something, to be read at once")
                .containsOnly(true);
    }

    @Test
    void takesNothingBackBecauseAListenerFails() {
        AtomicInteger told = new AtomicInteger();
        List<Appended> answers = new CopyOnWriteArrayList<>();
        LogOnDisk log = LogOnDisk.open(disk);
        log.log().onCommit(() -> {
            throw new IllegalStateException("a listener");
        });
        log.log().onCommit(told::incrementAndGet);
        log.log().append(LogOnDisk.event(1), answers::add);
        log.close();

        assertThat(answers).containsExactly(new Appended.Durable(1));
        assertThat(told).as("the listener after it").hasValue(1);
    }

    @Test
    void followsTheFilesWhileTheyGrow() throws InterruptedException {
        List<Event> followed = new ArrayList<>();
        try (LogOnDisk log = LogOnDisk.open(disk, SMALL)) {
            SegmentFeed feed = Segments.feed(disk);
            Thread follower = Thread.ofPlatform().start(() -> {
                while (followed.size() < 600) {
                    long durable = log.log().durableSequence();
                    if (durable > followed.size()) {
                        followed.addAll(
                                feed.read(followed.size(), durable, 1000).events());
                    }
                    Thread.onSpinWait();
                }
            });
            IntStream.rangeClosed(1, 600).forEach(i -> log.appendDurably(LogOnDisk.event(i)));
            follower.join(5000);
        }
        assertThat(followed).isEqualTo(LogOnDisk.logged(1, 600));
    }

    private static List<Event> readOn(LogOnDisk log, long after, int limit) {
        List<Event> events = new ArrayList<>();
        for (long position = after; position < log.log().durableSequence(); ) {
            Batch batch = log.log().read(position, limit);
            events.addAll(batch.events());
            position = batch.through();
        }
        return events;
    }
}
