package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.background.WatchedBreakers;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.simulation.ExpectedErrors;

/** An event that can neither be applied nor kept holds the stream up; none is skipped and none is kept twice. */
@ExtendWith(ExpectedErrors.class)
class DeadLettersOnAFailingDiskTest {

    private static final String NAME = "dead-letters";
    private static final long AN_HOUR_MS = 3_600_000;
    private static final long A_MOMENT_MS = 5;
    private static final long INTERVAL_MS = 1;
    private static final int RETRY_TIMES = 1;

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private final AtomicInteger operations = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stops() throws Exception {
        disk.hook(DiskHook.NONE);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Copy started(WatchedBreakers breakers) {
        Copy copy = new Copy(disk, feed, INTERVAL_MS, breakers.breakers());
        copy.central.start(false);
        open.add(copy);
        return copy;
    }

    private static WatchedBreakers breakers(long cooldownMs) {
        return new WatchedBreakers(new Settings(0.5, cooldownMs, 1, RETRY_TIMES));
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(1));
    }

    private static Event poison(String sku, long version) {
        return event("RESTOCK", sku, 5, version);
    }

    private void fails(Operation kind) {
        disk.hook((operation, file) -> {
            operations.incrementAndGet();
            if (operation == kind) {
                throw new IOException("No space left on device");
            }
        });
    }

    /** Letters as a start finds them, and how many lines it cannot read. */
    private record Loaded(List<Long> letters, int torn) {}

    private static Loaded loaded(SimDisk from) throws IOException {
        CentralDeadLetters letters = new CentralDeadLetters(from, Copy.LETTERS);
        AtomicInteger torn = new AtomicInteger();
        letters.load(line -> torn.incrementAndGet());
        return new Loaded(
                letters.page(0, Integer.MAX_VALUE).stream()
                        .map(CentralDeadLetters.Letter::id)
                        .toList(),
                torn.get());
    }

    @Test
    void theViewStandsStillAndTheDiskIsLeftAlone() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        Copy copy = started(breakers);
        feed.commit(event("a", 1));
        soon().until(() -> copy.worker.position() == 1);
        fails(Operation.WRITE);
        feed.commit(poison("b", 1), event("c", 1));
        soon().until(() -> breakers.history(NAME).contains(State.OPEN));
        int tried = operations.get();
        long leftAlone = breakers.leftAlone(NAME);
        soon().until(() -> breakers.leftAlone(NAME) > leftAlone + 5);

        assertThat(operations).as("operations while it is open").hasValue(tried);
        assertThat(copy.worker.problem()).contains("dead letters cannot be written");
        assertThat(copy.worker.position()).isEqualTo(1);
        assertThat(copy.worker.behind()).isEqualTo(2);
        assertThat(copy.stock()).as("still answered").isEqualTo(Map.of("S1/a", "101@1"));
        assertThat(loaded(disk.copy()).letters).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "WRITE", "FORCE", "SYNC"})
    void theStreamGoesOnWhenTheDiskIsWellAgain(Operation kind) throws IOException {
        WatchedBreakers breakers = breakers(A_MOMENT_MS);
        Copy copy = started(breakers);
        fails(kind);
        feed.commit(poison("a", 1), event("b", 1), poison("c", 1), event("b", 2));
        soon().until(() -> breakers.history(NAME).size() >= 3);
        assertThat(breakers.history(NAME)).startsWith(State.OPEN, State.HALF_OPEN, State.OPEN);
        assertThat(copy.worker.position()).isZero();
        assertThat(copy.stock()).isEmpty();

        disk.hook(DiskHook.NONE);
        soon().until(() -> copy.worker.position() == 4 && copy.worker.problem().isEmpty());
        assertThat(copy.stock()).isEqualTo(Map.of("S1/b", "102@2"));
        assertThat(copy.dead()).containsExactly(1L, 3L);
        assertThat(breakers.history(NAME)).contains(State.CLOSED);
        SimDisk killed = disk.kill();
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(loaded(killed.crash(new Random(seed))).letters).containsExactly(1L, 3L);
        }
    }

    @Test
    void aLetterThatWasTornAndRepeatedIsLoadedOnce() throws IOException {
        WatchedBreakers breakers = breakers(AN_HOUR_MS);
        Copy copy = started(breakers);
        disk.hook(DiskHook.failing(Operation.WRITE, 1));
        feed.commit(poison("a", 1), event("b", 1), poison("c", 1));
        soon().until(() -> copy.worker.position() == 3);

        assertThat(copy.worker.problem()).isEmpty();
        assertThat(copy.dead()).containsExactly(1L, 3L);
        assertThat(breakers.breakers().repeated()).isEqualTo(1);
        assertThat(breakers.history(NAME)).isEmpty();
        assertThat(loaded(disk.copy())).isEqualTo(new Loaded(List.of(1L, 3L), 1));
        try (Copy restarted = Copy.started(disk.copy(), feed)) {
            assertThat(restarted.dead()).containsExactly(1L, 3L);
            assertThat(restarted.stock()).isEqualTo(Map.of("S1/b", "101@1"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FORCE", "SYNC"})
    void aLetterThatIsThereTwiceIsLoadedOnce(Operation kind) throws IOException {
        Copy copy = started(breakers(AN_HOUR_MS));
        disk.hook(DiskHook.failing(kind, 1));
        feed.commit(poison("a", 1), event("b", 1));
        soon().until(() -> copy.worker.position() == 2);

        String file = new String(disk.read(Copy.LETTERS.resolve("central.jsonl")), StandardCharsets.UTF_8);
        assertThat(file.lines().filter(line -> !line.isEmpty())).hasSize(2);
        assertThat(loaded(disk.copy())).isEqualTo(new Loaded(List.of(1L), 0));
        assertThat(copy.dead()).containsExactly(1L);
        SimDisk killed = disk.kill();
        for (int seed = 1; seed <= 20; seed++) { // of the first of the two lines anything may be left
            assertThat(loaded(killed.crash(new Random(seed))).letters).containsExactly(1L);
        }
    }
}
