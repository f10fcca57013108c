package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.background.WatchedBreakers;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.simulation.ExpectedErrors;

/** The thread that writes snapshots, on a disk that fails. */
@ExtendWith(ExpectedErrors.class)
class SnapshotWriterTest {

    private static final String NAME = "a breaker of its own";
    private static final long AN_HOUR_MS = 3_600_000;
    private static final long A_MOMENT_MS = 5;
    private static final long LOOK_EVERY_MS = 1;
    private static final int RETRY_TIMES = 1;
    private static final int EVERY_EVENTS = 2;
    private static final double A_WHILE_SECONDS = 0.1;

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = Copy.started(disk, feed);
    private final AtomicInteger operations = new AtomicInteger();

    @AfterEach
    void stops() {
        copy.close();
    }

    private SnapshotWriter writer(WatchedBreakers breakers) {
        SnapshotWriter writer = new SnapshotWriter(
                copy.snapshots,
                copy.view,
                copy.worker,
                EVERY_EVENTS,
                breakers.breakers().forRepeatable(NAME),
                LOOK_EVERY_MS,
                Thread.ofPlatform().factory());
        writer.start(0);
        return writer;
    }

    private static WatchedBreakers breakers(long cooldownMs) {
        return new WatchedBreakers(new Settings(0.5, cooldownMs, 1, RETRY_TIMES));
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(1));
    }

    private void full() {
        disk.hook((operation, file) -> {
            operations.incrementAndGet();
            if (operation == Operation.FORCE) {
                throw new IOException("No space left on device");
            }
        });
    }

    private void commitTwo() {
        feed.commit(event("a", 1), event("b", 1));
        copy.worker.sync();
    }

    @Test
    void leavesADiskAloneThatKeepsFailing() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        full();
        try (SnapshotWriter writer = writer(breakers)) {
            commitTwo();
            soon().until(() -> breakers.history(NAME).contains(State.OPEN));
            int tried = operations.get();
            long leftAlone = breakers.leftAlone(NAME);
            soon().until(() -> breakers.leftAlone(NAME) > leftAlone + 5);

            assertThat(operations).as("operations while it is open").hasValue(tried);
            assertThat(writer.problem()).contains("No space left on device");
            assertThat(writer.count()).isZero();
            assertThat(breakers.history(NAME)).containsExactly(State.OPEN);
            assertThat(breakers.breakers().repeated()).as("of four tries").isEqualTo(4 * RETRY_TIMES);
            assertThat(copy.stock()).as("the view goes on").isEqualTo(Map.of("S1/a", "101@1", "S1/b", "101@1"));
        }
        assertThat(copy.snapshots.newest()).isZero();
    }

    @Test
    void writesOneWhenTheDiskIsWellAgain() throws IOException {
        WatchedBreakers breakers = breakers(A_MOMENT_MS);
        full();
        try (SnapshotWriter writer = writer(breakers)) {
            commitTwo();
            soon().until(() -> breakers.history(NAME).size() >= 3);
            assertThat(breakers.history(NAME)).startsWith(State.OPEN, State.HALF_OPEN, State.OPEN);
            assertThat(writer.problem()).contains("No space left on device");
            feed.commit(event("a", 2));
            copy.worker.sync();
            assertThat(writer.behind()).isEqualTo(3);
            double age = writer.ageSeconds();
            soon().until(() -> writer.ageSeconds() > age + A_WHILE_SECONDS);

            disk.hook(DiskHook.NONE);
            soon().until(() -> writer.problem().isEmpty());
            assertThat(writer.count()).isEqualTo(1);
            soon().until(() -> writer.behind() < EVERY_EVENTS && writer.ageSeconds() < age + A_WHILE_SECONDS);
            assertThat(breakers.history(NAME)).endsWith(State.HALF_OPEN, State.CLOSED);
            assertThat(copy.snapshots.newest())
                    .as("a try that began before the third event may be the one that worked")
                    .isIn(2L, 3L);
        }
        CentralInventory loaded = new CentralInventory();
        SimDisk after = disk.kill().crash(new Random(1));
        assertThat(new CentralSnapshots(after, Copy.SNAPSHOTS).load(loaded).through())
                .isEqualTo(3);
        assertThat(Copy.stock(loaded)).isEqualTo(copy.stock());
    }

    @Test
    void aFailureThatPassesIsNoProblem() {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        disk.hook(DiskHook.failing(Operation.FORCE, 1));
        try (SnapshotWriter writer = writer(breakers)) {
            commitTwo();
            soon().until(() -> writer.count() == 1);
            assertThat(writer.problem()).isEmpty();
        }
        assertThat(breakers.breakers().repeated()).isEqualTo(1);
        assertThat(breakers.history(NAME)).isEmpty();
    }

    @Test
    void triesOnceMoreWhenItIsClosedEvenIfItLeavesTheDiskAlone() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        full();
        try (SnapshotWriter writer = writer(breakers)) {
            commitTwo();
            soon().until(() -> !writer.problem().isEmpty() && breakers.leftAlone(NAME) > 0);
            disk.hook(DiskHook.NONE);
        }
        assertThat(copy.snapshots.newest()).isEqualTo(2);
    }
}
