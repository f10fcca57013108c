package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.simulation.ExpectedErrors;

/** Errors that nobody foresaw, in each thread of the log: none of them is gone without a word. */
@ExtendWith(ExpectedErrors.class)
class DefectsOfTheLogTest {

    private final SimDisk disk = new SimDisk();

    /** As a write that failed: what is behind it is given up, and a new segment begins. */
    @Test
    void aDefectWhileItWritesIsAFailedWrite() {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            disk.hook((operation, file) -> {
                if (operation == Operation.FORCE) {
                    throw new StackOverflowError("injected");
                }
            });
            assertThat(log.appendAll(2, 2).getFirst().join()).isInstanceOf(Appended.Unavailable.class);
            assertThat(log.log().status().state()).isEqualTo(State.READ_ONLY);
            disk.hook(DiskHook.NONE);
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(3))).isEqualTo(2);
        }
    }

    /** What was answered is not known then: nothing more is taken, and readiness says why (the process ends, if it is ours). */
    @Test
    void aDefectOfTheWriterAnywhereElseLetsNobodyIn() {
        AtomicBoolean broken = new AtomicBoolean();
        FileEventLog log = timed(() -> {
            if (broken.get()) {
                throw new AssertionError("injected");
            }
            return System.nanoTime();
        });
        log.open(0, Duration.ZERO, event -> {});
        CompletableFuture<Appended> durable = new CompletableFuture<>();
        log.append(LogOnDisk.event(1), durable::complete);
        assertThat(durable.join()).isEqualTo(new Appended.Durable(1));
        broken.set(true);
        log.append(LogOnDisk.event(2), outcome -> {});
        await().until(() -> log.status().state() == State.READ_ONLY);
        assertThat(log.status().reason()).contains("ended by a defect").contains("injected");
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> log.append(LogOnDisk.event(3), outcome -> {}));
        log.close();
    }

    @Test
    void aFollowerOfAnotherProcessGoesOn() {
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        try (FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            disk.hook((operation, file) -> {
                throw new NoClassDefFoundError("injected");
            });
            followed.start();
            await().until(() -> followed.problem().contains("injected"));
            disk.hook(DiskHook.NONE);
            await().until(() -> followed.problem().isEmpty() && followed.durableSequence() == 3);
        }
    }

    @Test
    void aReaderOfOthersEventsGoesOn() throws IOException {
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        List<Event> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        DurableEvents durable = new DurableEvents(disk, LogOnDisk.DIRECTORY);
        try (PeerEvents others = new PeerEvents(disk, LogOnDisk.DIRECTORY, durable, new CommitQueue(1))) {
            others.join(event -> {
                if (broken.get()) {
                    throw new AssertionError("injected");
                }
                seen.add(event);
            });
            others.follow();
            await().until(() -> others.problem().contains("injected"));
            broken.set(false);
            await().until(() -> others.problem().isEmpty() && seen.size() == 3);
        }
        assertThat(seen).isEqualTo(LogOnDisk.logged(1, 3));
    }

    private FileEventLog timed(LongSupplier nanoTime) {
        return new FileEventLog(
                disk,
                LogOnDisk.DIRECTORY,
                LogOnDisk.OPTIONS,
                new FileDeadLetters(disk, LogOnDisk.DEAD_LETTERS, () -> Instant.EPOCH),
                ImpatientBreakers.create(),
                LogWriter.PLATFORM,
                nanoTime,
                System::nanoTime,
                null,
                List.of());
    }
}
