package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.files.StuckDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed.Batch;
import retail.inventory.journal.EventLog.State;

/** A log that one process writes and another one follows, both on one simulated disk. */
class FollowedLogTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);

    private final SimDisk disk = new SimDisk();
    private final Looks looks = new Looks();
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY);

    @AfterEach
    void stops() {
        disk.hook(DiskHook.NONE);
        followed.close();
    }

    @Test
    void seesEveryEventOnceInOrderAcrossSegments() {
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            collect();
            followed.start();
            for (int i = 1; i <= 300; i += 3) {
                log.appendAll(i, i + 2).forEach(CompletableFuture::join);
            }
            await().until(() -> seen.size() >= 300);
        }
        assertThat(Segments.of(disk)).hasSizeGreaterThan(20);
        assertThat(seen).isEqualTo(LogOnDisk.logged(1, 300));
        assertThat(followed.durableSequence()).isEqualTo(300);
        assertThat(followed.problem()).isEmpty();
    }

    /** Reads on at every commit, as followers do. */
    private void collect() {
        followed.onCommit(() -> {
            Batch batch;
            do {
                batch = followed.read(seen.size(), 1000);
                seen.addAll(batch.events());
            } while (!batch.events().isEmpty());
        });
    }

    @Test
    void seesAnEventOnlyWhenItIsDurable() throws InterruptedException {
        StuckDisk stuck = new StuckDisk(Operation.FORCE);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            followed.start();
            DiskHook counting = looks;
            disk.hook((operation, file) -> {
                counting.before(operation, file);
                stuck.before(operation, file);
            });
            CompletableFuture<Appended> second = log.append(LogOnDisk.event(2));
            stuck.awaitReached();
            looks.awaitTwo();

            assertThat(Segments.text(readSegment())).as("it is written").contains("\"sequence\":2,");
            assertThat(followed.durableSequence()).isEqualTo(1);
            assertThat(followed.read(0, 1000)).isEqualTo(new Batch(LogOnDisk.logged(1, 1), 1));
            assertThat(followed.read(1, 1000)).isEqualTo(new Batch(List.of(), 1));

            stuck.release.countDown();
            second.join();
            await().until(() -> followed.durableSequence() == 2);
            assertThat(followed.read(1, 1000)).isEqualTo(new Batch(LogOnDisk.logged(2, 2), 2));
        }
    }

    private byte[] readSegment() {
        try {
            return disk.read(LogOnDisk.segment(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitsForALogThatIsNotThereYet() {
        disk.hook(looks);
        followed.start();
        looks.awaitTwo();
        assertThat(followed.problem()).isEmpty();
        assertThat(followed.durableSequence()).isZero();
        assertThat(followed.read(0, 1000)).isEqualTo(new Batch(List.of(), 0));

        collect();
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            log.appendAll(1, 20).forEach(CompletableFuture::join);
            await().until(() -> seen.size() >= 20);
        }
        assertThat(seen).isEqualTo(LogOnDisk.logged(1, 20));
    }

    @Test
    void readsABacklogOfMoreThanItRemembers() {
        int backlog = 20_000;
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.segmentsOf(1 << 20))) {
            for (int i = 1; i <= backlog; i += 1000) {
                log.appendAll(i, i + 999).forEach(CompletableFuture::join);
            }
            followed.start();
            assertThat(followed.durableSequence()).as("known at once").isEqualTo(backlog);
            assertThat(readOn(0)).isEqualTo(LogOnDisk.logged(1, backlog));

            log.appendAll(backlog + 1, backlog + 10).forEach(CompletableFuture::join);
            await().until(() -> followed.durableSequence() == backlog + 10);
            assertThat(readOn(backlog - 10)).isEqualTo(LogOnDisk.logged(backlog - 9, backlog + 10));
        }
    }

    private List<Event> readOn(long after) {
        List<Event> events = new ArrayList<>();
        for (long at = after; at < followed.durableSequence(); ) {
            Batch batch = followed.read(at, 1500);
            events.addAll(batch.events());
            at = batch.through();
        }
        return events;
    }

    @Test
    void readsWhatIsNewFromMemory() {
        LogOnDisk.write(disk, 10, TINY);
        followed.start();
        disk.hook((operation, file) -> {
            if (!file.equals(LogOnDisk.MARK)) {
                throw new IOException("memory needs no file: " + file);
            }
        });
        assertThat(followed.read(0, 4)).isEqualTo(new Batch(LogOnDisk.logged(1, 4), 4));
        assertThat(followed.read(4, 1000)).isEqualTo(new Batch(LogOnDisk.logged(5, 10), 10));
    }

    /** The other process has put the beginning away before this one starts. */
    @Test
    void followsALogWhoseBeginningIsGone() {
        LogOnDisk.write(disk, 20, TINY);
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            log.release(10);
            long oldest = Segments.of(disk).getFirst().first();
            followed.start();
            assertThat(followed.problem()).isEmpty();
            assertThat(followed.durableSequence()).isEqualTo(20);
            assertThat(readOn(oldest - 1)).isEqualTo(LogOnDisk.logged((int) oldest, 20));

            log.appendDurably(LogOnDisk.event(21));
            await().until(() -> followed.durableSequence() == 21);
        }
    }

    @Test
    void neverSeesWhatWasTakenBack() {
        List<Event> expected = new ArrayList<>(LogOnDisk.logged(1, 5));
        collect();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            followed.start();
            log.appendAll(1, 5).forEach(CompletableFuture::join);
            for (int round = 0; round < 4; round++) {
                disk.hook(DiskHook.failing(Operation.FORCE, 1));
                assertThat(log.appendAndWait(LogOnDisk.event(90 + round))).isInstanceOf(Appended.Unavailable.class);
                await().until(() -> log.log().status().state() == State.OPEN);
                Event event = LogOnDisk.event(10 + round);
                expected.add(event.at(log.appendDurably(event)));
            }
            await().until(() -> seen.size() >= expected.size());
        }
        assertThat(seen).isEqualTo(expected);
        try (FollowedLog late = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            late.start();
            List<Event> read = new ArrayList<>();
            while (read.size() < late.durableSequence()) {
                read.addAll(late.read(read.size(), 2).events());
            }
            assertThat(read).isEqualTo(expected);
        }
    }

    @Test
    void stopsItsThreadWhenItIsClosed() {
        new FollowedLog(disk, LogOnDisk.DIRECTORY).close(); // one that was never started
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        followed.start();
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("log-follower") && !others.contains(thread))
                .toList();
        assertThat(threads).hasSize(1);
        followed.close();
        assertThat(threads.getFirst().isAlive()).isFalse();
        followed.close();
    }
}
