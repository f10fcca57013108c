package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.background.WatchedBreakers;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.simulation.ExpectedErrors;

/** The thread that writes inventory files, on a disk that fails. */
@ExtendWith(ExpectedErrors.class)
class InventoryFileWriterTest {

    private static final String NAME = "inventory-files";
    private static final long AN_HOUR_MS = 3_600_000;
    private static final long A_MOMENT_MS = 5;
    private static final long PAUSE_MS = 1;
    private static final int RETRY_TIMES = 1;

    private final SimDisk disk = new SimDisk();
    private final AtomicInteger operations = new AtomicInteger();

    private static WatchedBreakers breakers(long cooldownMs) {
        return new WatchedBreakers(new Settings(0.5, cooldownMs, 1, RETRY_TIMES));
    }

    private static InventoryFileWriter writer(SavedTable table, WatchedBreakers breakers) {
        InventoryFileWriter writer =
                new InventoryFileWriter(table.files(), breakers.breakers().forRepeatable(NAME), PAUSE_MS);
        writer.start(table::durable);
        return writer;
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(1));
    }

    private void full() {
        disk.hook((operation, file) -> {
            operations.incrementAndGet();
            if (operation == Operation.WRITE) {
                throw new IOException("No space left on device");
            }
        });
    }

    private void requireAllIsSaved(SavedTable table) throws IOException {
        for (int seed = 1; seed <= 5; seed++) {
            SavedTable restarted = table.restart(disk.kill().crash(new Random(seed)));
            assertThat(restarted.loaded()).isEqualTo(new InventoryFiles.Loaded(table.durable(), null));
            restarted.requireWhole("after a restart");
        }
    }

    @Test
    void leavesADiskAloneThatKeepsFailing() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        full();
        try (InventoryFileWriter writer = writer(table, breakers)) {
            soon().until(() -> breakers.history(NAME).contains(State.OPEN));
            int tried = operations.get();
            long leftAlone = breakers.leftAlone(NAME);
            soon().until(() -> breakers.leftAlone(NAME) > leftAlone + 5);

            assertThat(operations).as("operations while it is open").hasValue(tried);
            assertThat(writer.problem()).contains("No space left on device");
            assertThat(table.files().savedThrough()).isZero();
            assertThat(breakers.history(NAME)).containsExactly(State.OPEN);
            assertThat(breakers.breakers().repeated()).as("of four passes").isEqualTo(4 * RETRY_TIMES);
        }
        assertThat(disk.list(SavedTable.DIRECTORY))
                .as("files of any kind but parts")
                .noneMatch(InventoryFile::isName);
    }

    @Test
    void writesAllThatIsDueWhenTheDiskIsWellAgain() throws IOException {
        WatchedBreakers breakers = breakers(A_MOMENT_MS);
        SavedTable table = SavedTable.empty(disk).change("A", "one").change("B", "two");
        full();
        try (InventoryFileWriter writer = writer(table, breakers)) {
            soon().until(() -> breakers.history(NAME).size() >= 3);
            assertThat(breakers.history(NAME)).startsWith(State.OPEN, State.HALF_OPEN, State.OPEN);
            assertThat(writer.problem()).contains("No space left on device");
            assertThat(writer.ageSeconds()).as("nothing was ever saved").isNaN();
            assertThat(table.files().savedThrough()).isZero();

            disk.hook(DiskHook.NONE);
            soon().until(() -> writer.problem().isEmpty());
            assertThat(table.files().savedThrough()).isEqualTo(table.durable());
            assertThat(writer.ageSeconds()).isNotNegative();
            assertThat(breakers.history(NAME)).endsWith(State.HALF_OPEN, State.CLOSED);
        }
        requireAllIsSaved(table);
    }

    @Test
    void aFailureThatPassesIsNoProblem() throws IOException {
        for (Operation step : new Operation[] {Operation.WRITE, Operation.FORCE, Operation.RENAME, Operation.SYNC}) {
            SimDisk failing = new SimDisk();
            WatchedBreakers breakers = breakers(AN_HOUR_MS);
            SavedTable table = SavedTable.empty(failing).change("A", "one");
            failing.hook(DiskHook.failing(step, 1));
            try (InventoryFileWriter writer = writer(table, breakers)) {
                soon().until(() -> table.files().savedThrough() == 1);
                assertThat(writer.problem()).as("after a failed " + step).isEmpty();
            }
            assertThat(breakers.breakers().repeated()).isEqualTo(1);
            assertThat(breakers.history(NAME)).isEmpty();
        }
    }

    @Test
    void writesWhatIsLeftWhenItIsClosed() throws IOException {
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        InventoryFileWriter writer = new InventoryFileWriter(
                table.files(), breakers(AN_HOUR_MS).breakers().forRepeatable(NAME), AN_HOUR_MS);
        writer.start(table::durable);
        writer.close();
        assertThat(writer.problem()).isEmpty();
        requireAllIsSaved(table);
    }

    @Test
    void triesOnceMoreWhenItIsClosedEvenIfItLeavesTheDiskAlone() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        SavedTable table = SavedTable.empty(disk).change("A", "one");
        full();
        try (InventoryFileWriter writer = writer(table, breakers)) {
            soon().until(() -> breakers.history(NAME).contains(State.OPEN));
            soon().until(() -> !writer.problem().isEmpty() && breakers.leftAlone(NAME) > 0);
            disk.hook(DiskHook.NONE);
        }
        requireAllIsSaved(table);
    }
}
