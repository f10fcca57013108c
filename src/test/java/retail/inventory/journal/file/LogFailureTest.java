package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.files.StuckDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException.Cause;

/** What the log does when the disk refuses. */
class LogFailureTest {

    private final SimDisk disk = new SimDisk();

    @Test
    void takesBackEverythingThatWaitsWhenAForceFails() throws Exception {
        takesBackEverythingThatWaits(Operation.FORCE);
    }

    @Test
    void takesBackEverythingThatWaitsWhenAWriteFails() throws Exception {
        takesBackEverythingThatWaits(Operation.WRITE);
    }

    /** The first of two batches fails while the second waits; then the disk stays broken for a while. */
    private void takesBackEverythingThatWaits(Operation failing) throws Exception {
        StuckDisk stuck = new StuckDisk(failing);
        AtomicBoolean broken = new AtomicBoolean(true);
        LogOnDisk log = LogOnDisk.open(disk);
        log.appendDurably(LogOnDisk.event(1));
        disk.hook((operation, file) -> {
            stuck.before(operation, file);
            if (broken.get() && operation == failing) {
                throw new IOException("injected");
            }
        });
        List<CompletableFuture<Appended>> lost = log.appendAll(2, 2);
        stuck.awaitReached();
        lost.addAll(log.appendAll(3, 9));
        stuck.release.countDown();

        for (CompletableFuture<Appended> answer : lost) {
            assertThat(answer.join()).isInstanceOf(Appended.Unavailable.class);
        }
        assertThat(log.answered()).as("newest first").containsExactly(9, 8, 7, 6, 5, 4, 3, 2);
        assertThat(log.log().durableSequence()).isEqualTo(1);
        assertThat(log.log().status().state()).isEqualTo(State.READ_ONLY);
        log.refuses(Cause.STORAGE_FAILED);

        broken.set(false);
        await().until(() -> log.log().status().state() == State.OPEN);
        assertThat(log.appendDurably(LogOnDisk.event(5)))
                .as("an id that was taken back")
                .isEqualTo(2);
        assertThat(log.appendDurably(LogOnDisk.event(50))).isEqualTo(3);
        assertThat(disk.list(LogOnDisk.DIRECTORY))
                .contains(LogOnDisk.segment(2).getFileName().toString());

        SimDisk killed = disk.kill();
        log.close();
        LogOnDisk.requireEvents(killed.copy(), 1, 5, 50);
        for (int seed = 0; seed < 20; seed++) {
            LogOnDisk.requireEvents(killed.crash(new Random(seed)), 1, 5, 50);
        }
    }

    @Test
    void neverForcesASegmentAgainAfterAFailure() {
        AtomicInteger forces = new AtomicInteger();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            disk.hook((operation, file) -> {
                if (operation == Operation.FORCE && file.equals(LogOnDisk.segment(1))) {
                    forces.incrementAndGet();
                    throw new IOException("injected");
                }
            });
            assertThat(log.appendAndWait(LogOnDisk.event(2))).isInstanceOf(Appended.Unavailable.class);
            await().until(() -> log.log().status().state() == State.OPEN);
            log.appendDurably(LogOnDisk.event(3));
        }
        assertThat(forces).hasValue(1);
    }

    @Test
    void staysReadOnlyUntilASegmentCanBeMade() {
        for (Operation step : Operation.values()) {
            SimDisk failing = new SimDisk();
            try (LogOnDisk log = LogOnDisk.open(failing)) {
                log.appendDurably(LogOnDisk.event(1));
                AtomicInteger tries = new AtomicInteger();
                AtomicBoolean broken = new AtomicBoolean(true);
                AtomicBoolean first = new AtomicBoolean(true);
                failing.hook((operation, file) -> {
                    if (operation == Operation.FORCE && first.getAndSet(false)) {
                        throw new IOException("injected");
                    }
                    if (broken.get() && operation == step && !file.equals(LogOnDisk.MARK)) {
                        tries.incrementAndGet();
                        throw new IOException("injected");
                    }
                });
                assertThat(log.appendAndWait(LogOnDisk.event(2))).isInstanceOf(Appended.Unavailable.class);
                await().until(() -> tries.get() > 3);
                log.refuses(Cause.STORAGE_FAILED);
                broken.set(false);
                await().until(() -> log.log().status().state() == State.OPEN);
                assertThat(log.appendDurably(LogOnDisk.event(3))).isEqualTo(2);
            }
            LogOnDisk.requireEvents(failing, 1, 3);
        }
    }
}
