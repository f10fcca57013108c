package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.OvertakenException;
import retail.inventory.journal.PendingAppend;
import retail.inventory.journal.Submitter;
import retail.inventory.simulation.ExpectedErrors;

/** Two logs write the same files; one has events open when it hears that the other was first. */
@ExtendWith(ExpectedErrors.class)
class SharedWayBackTest {

    private final SimDisk disk = new SimDisk();
    private final Neighbours neighbours = new Neighbours();
    private final List<Event> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final FileEventLog first = start(event -> {});
    private final FileEventLog second = start(this::hears);
    private volatile Runnable hearing = () -> {};

    private FileEventLog start(Consumer<Event> reader) {
        FileEventLog log = neighbours.log(disk, LogOnDisk.DIRECTORY, LogOnDisk.OPTIONS, (reason, place, bytes) -> {
            throw new IOException(reason);
        });
        log.open(0, Duration.ZERO, reader);
        return log;
    }

    private void hears(Event event) {
        heard.add(event);
        hearing.run();
    }

    @AfterEach
    void close() {
        disk.hook(DiskHook.NONE);
        first.close();
        second.close();
    }

    /** Tells what it is asked for, and how many events of others are known then. */
    private final class Steps implements Submitter {
        private final int number;
        private final boolean stays;
        private final CompletableFuture<Appended> answer = new CompletableFuture<>();

        private Steps(int number, boolean stays) {
            this.number = number;
            this.stays = stays;
        }

        @Override
        public void undo() {
            steps.add("undo %d knowing %d".formatted(number, heard.size()));
        }

        @Override
        public @Nullable PendingAppend decideAgain(PendingAppend undone) {
            steps.add("again %d knowing %d".formatted(number, heard.size()));
            return stays ? undone : null;
        }

        @Override
        public void accept(Appended outcome) {
            steps.add(number + " " + outcome);
            answer.complete(outcome);
        }
    }

    private Steps append(int number, boolean stays) {
        Steps submitter = new Steps(number, stays);
        second.append(LogOnDisk.event(number), submitter);
        return submitter;
    }

    /** Waits for somebody else's step, and not for ever. */
    private static void comes(CountDownLatch step) {
        try {
            assertThat(step.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Appended result(CompletableFuture<Appended> answer) throws Exception {
        return answer.get(1, TimeUnit.MINUTES);
    }

    private CompletableFuture<Appended> appendByTheFirst(int number) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        first.append(LogOnDisk.event(number), answer::complete);
        return answer;
    }

    /** The other one writes an event; it stays at the end of the log until the latch is let go. */
    private CountDownLatch held(int number) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.hook((operation, file) -> {
            if (operation == Operation.FORCE && file.equals(LogOnDisk.segment(1))) {
                disk.hook(DiskHook.NONE);
                inside.countDown();
                comes(goOn);
            }
        });
        var _ = appendByTheFirst(number);
        assertThat(inside.await(1, TimeUnit.MINUTES)).isTrue();
        return goOn;
    }

    /** In the turn in which they are written: who always came second would never come in else. */
    @Test
    void openEventsAreUndoneNewestFirstAndDecidedAgainInOrder() throws Exception {
        CountDownLatch goOn = held(1);
        append(2, true);
        append(3, false);
        Steps last = append(4, true);
        goOn.countDown();
        assertThat(result(last.answer)).isEqualTo(new Appended.Durable(3));
        assertThat(steps)
                .containsExactly(
                        "undo 4 knowing 0",
                        "undo 3 knowing 0",
                        "undo 2 knowing 0",
                        "again 2 knowing 1",
                        "again 3 knowing 1",
                        "again 4 knowing 1",
                        "2 " + new Appended.Durable(2),
                        "4 " + new Appended.Durable(3));
        Steps comesAgain = append(3, true);
        assertThat(result(comesAgain.answer)).isEqualTo(new Appended.Durable(4));
    }

    /** So that a read waits for nobody who is stopped there. */
    @Test
    void whoReadsGoesBackThoughSomebodyStaysAtTheEndOfTheLog() throws Exception {
        assertThat(result(appendByTheFirst(1))).isEqualTo(new Appended.Durable(1));
        second.catchUp();
        steps.clear();
        CountDownLatch goOn = held(5);
        CompletableFuture<Void> wrote = new CompletableFuture<>();
        first.onCommit(() -> wrote.complete(null));
        Steps open = append(2, true);
        goOn.countDown();
        wrote.get(1, TimeUnit.MINUTES);
        CountDownLatch again = held(6);
        second.catchUp();
        assertThat(heard).hasSizeGreaterThanOrEqualTo(2);
        again.countDown();
        assertThat(result(open.answer)).isInstanceOf(Appended.Durable.class);
        assertThat(steps).startsWith("undo 2 knowing 1", "again 2 knowing 2");
    }

    @Test
    void nothingIsTakenWhileTheLogGoesBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        hearing = () -> {
            inside.countDown();
            comes(goOn);
        };
        assertThat(result(appendByTheFirst(1))).isEqualTo(new Appended.Durable(1));
        assertThat(inside.await(1, TimeUnit.MINUTES)).isTrue();
        assertThatExceptionOfType(OvertakenException.class).isThrownBy(() -> append(2, true));
        Thread waits = Thread.ofPlatform().start(second::requireTaking);
        await().until(() -> waits.getState() == Thread.State.WAITING);
        goOn.countDown();
        assertThat(waits.join(Duration.ofMinutes(1))).isTrue();
        assertThat(result(append(2, true).answer)).isEqualTo(new Appended.Durable(2));
    }

    @Test
    void whatIsOpenWhenTheLogClosesIsDecidedAgainAndWritten() throws Exception {
        CountDownLatch goOn = held(1);
        Steps open = append(2, true);
        Thread closing = Thread.ofPlatform().start(second::close);
        await().until(() -> second.status().state() == State.CLOSED);
        goOn.countDown();
        assertThat(closing.join(Duration.ofMinutes(1))).isTrue();
        assertThat(result(open.answer)).isEqualTo(new Appended.Durable(2));
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> append(3, true));
    }

    @Test
    void aFailedWriteUndoesAllNewestFirstBeforeItAnswersAnything() throws Exception {
        CountDownLatch goOn = held(1);
        append(2, true);
        Steps last = append(3, true);
        disk.hook(DiskHook.failing(Operation.FORCE, 1)); // the first one is past its own
        goOn.countDown();
        Appended lost = result(last.answer);
        assertThat(lost).isInstanceOf(Appended.Unavailable.class);
        await().until(() -> steps.size() == 8);
        assertThat(steps)
                .containsExactly(
                        "undo 3 knowing 0",
                        "undo 2 knowing 0",
                        "again 2 knowing 1",
                        "again 3 knowing 1",
                        "undo 3 knowing 1",
                        "undo 2 knowing 1",
                        "3 " + lost,
                        "2 " + lost);
    }
}
