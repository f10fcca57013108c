package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.central.SyncWorker.Synced;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/** How the central view follows the log. */
class SyncWorkerTest {

    private static final long A_MINUTE_MS = 60_000;
    private static final long NEVER_BY_ITSELF_MS = 3_600_000;

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = new Copy(disk, feed, NEVER_BY_ITSELF_MS);

    @AfterEach
    void stops() {
        feed.fails(null);
        disk.hook(DiskHook.NONE);
        copy.close();
    }

    @Test
    void followsCommits() throws InterruptedException {
        feed.append(event("a", 1), event("b", 1));
        copy.central.start(false);
        assertThat(copy.stock()).as("what was there at the start").isEqualTo(Map.of("S1/a", "101@1", "S1/b", "101@1"));

        for (int version = 2; version <= 50; version++) {
            feed.commit(event("a", version));
            assertThat(copy.worker.awaitPosition(version + 1, A_MINUTE_MS)).isTrue();
            assertThat(copy.stock()).containsEntry("S1/a", (100 + version) + "@" + version);
        }
        assertThat(copy.dead()).isEmpty();
        assertThat(copy.worker.behind()).isZero();
    }

    @Test
    void goesOnAfterADefect() throws InterruptedException {
        try (Copy looking = Copy.started(disk, feed)) {
            feed.beforeRead(() -> {
                throw new NoClassDefFoundError("injected");
            });
            feed.commit(event("a", 1));
            await().until(() -> looking.worker.problem().contains("injected"));
            feed.beforeRead(() -> {});
            assertThat(looking.worker.awaitPosition(1, A_MINUTE_MS)).isTrue();
            await().until(() -> looking.worker.problem().isEmpty());
        }
    }

    @Test
    void looksByItselfWhenNobodyTells() throws InterruptedException {
        try (Copy looking = Copy.started(disk, feed)) {
            feed.append(event("a", 1));
            assertThat(looking.worker.awaitPosition(1, A_MINUTE_MS)).isTrue();
        }
    }

    @Test
    void readsALogOfManyBatches() {
        for (int version = 1; version <= 2500; version++) {
            feed.append(event("a", version));
        }
        copy.central.start(false);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "2600@2500"));
        assertThat(copy.worker.position()).isEqualTo(2500);
    }

    @Test
    void goesOnBehindEventsThatWereLost() {
        feed.append(event("a", 1));
        feed.appendLost();
        feed.append(event("b", 1));
        feed.appendLost();
        copy.central.start(false);
        assertThat(copy.worker.position()).isEqualTo(4);
        assertThat(copy.stock()).containsOnlyKeys("S1/a", "S1/b");
    }

    @Test
    void duplicatesAndReplayedEventsChangeNothing() {
        copy.central.start(false);
        feed.append(event("a", 1), event("a", 2), event("a", 2), event("a", 1), event("b", 1), event("a", 3));
        feed.append(event("a", 2), event("b", 1));
        copy.worker.sync();
        long changes = copy.view.changes();

        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/b", "101@1"));
        assertThat(copy.dead()).isEmpty();
        for (int sequence = 1; sequence <= 8; sequence++) {
            assertThat(copy.worker.replay(sequence)).isNull();
        }
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/b", "101@1"));
        assertThat(copy.view.changes()).isEqualTo(changes).isEqualTo(4);
    }

    @Test
    void appliesOnceWhenTwoSyncAtOnce() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        // its own thread is not started: it might read first
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        int readBefore = feed.reads();
        feed.beforeRead(() -> {
            reading.countDown();
            waitFor(go);
        });
        CompletableFuture<Synced> first = CompletableFuture.supplyAsync(copy.worker::sync);
        assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Synced> second = new CompletableFuture<>();
        Thread joining = Thread.ofPlatform().start(() -> {
            begun.set(true);
            second.complete(copy.worker.sync());
        });
        await().until(() -> begun.get() && joining.getState() == Thread.State.WAITING);
        go.countDown();

        assertThat(applied(first)).isEqualTo(3);
        assertThat(second.get(1, TimeUnit.MINUTES).sequence()).isEqualTo(3);
        assertThat(feed.reads() - readBefore).isEqualTo(1);
        assertThat(copy.view.changes()).isEqualTo(3);
        assertThat(copy.worker.sync().applied()).as("nothing left").isZero();
    }

    private static long applied(CompletableFuture<Synced> sync) throws Exception {
        Synced synced = sync.get(1, TimeUnit.MINUTES);
        assertThat(synced.sequence()).isEqualTo(3);
        return synced.applied();
    }

    @Test
    void triesAgainWhenTheLogCannotBeRead() {
        try (Copy trying = Copy.started(disk, feed)) {
            feed.fails(new LogUnavailableException(LogUnavailableException.Cause.STORAGE_FAILED, "no disk today"));
            feed.commit(event("a", 1));
            await().until(() -> trying.worker.problem().contains("no disk today"));
            assertThat(trying.worker.position()).isZero();
            assertThat(trying.worker.behind()).isEqualTo(1);
            assertThatThrownBy(trying.worker::sync).hasMessage("no disk today");

            feed.fails(new LogDamagedException("line 3 is bad"));
            await().until(() -> trying.worker.problem().contains("line 3 is bad"));
            feed.fails(new EventsGoneException(77));
            await().until(() -> trying.worker.problem().contains("77"));

            feed.fails(null);
            await().until(() -> trying.worker.problem().isEmpty());
            assertThat(trying.stock()).isEqualTo(Map.of("S1/a", "101@1"));
        }
    }

    @Test
    void waitsForADiskThatCannotKeepDeadLetters() {
        try (Copy waiting = Copy.started(disk, feed)) {
            Set<Long> shownWhileWritten = ConcurrentHashMap.newKeySet();
            disk.hook((operation, file) -> {
                shownWhileWritten.addAll(waiting.dead());
                throw new IOException("full");
            });
            feed.commit(event("RESTOCK", "a", 5, 1), event("b", 1));
            await().until(() -> waiting.worker.problem().contains("dead letters cannot be written"));
            assertThat(waiting.worker.position()).isZero();
            assertThat(waiting.dead()).isEmpty();
            assertThat(shownWhileWritten).isEmpty();

            disk.hook(DiskHook.NONE);
            await().until(() -> waiting.worker.problem().isEmpty());
            assertThat(waiting.dead()).containsExactly(1L);
            assertThat(waiting.stock()).isEqualTo(Map.of("S1/b", "101@1"));
        }
    }

    @Test
    void waitsForAPositionAndSaysWhetherItCame() throws InterruptedException {
        copy.central.start(false);
        feed.commit(event("a", 1));
        assertThat(copy.worker.awaitPosition(1, A_MINUTE_MS)).isTrue();
        assertThat(copy.worker.awaitPosition(0, 0)).as("reached before").isTrue();
        assertThat(copy.worker.awaitPosition(2, 20)).isFalse();
        assertThat(copy.worker.awaitPosition(2, 0)).isFalse();

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::waitForTheSecond);
        feed.commit(event("a", 2));
        assertThat(waiting).succeedsWithin(1, TimeUnit.MINUTES).isEqualTo(true);
    }

    private boolean waitForTheSecond() {
        try {
            return copy.worker.awaitPosition(2, A_MINUTE_MS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void appliesWhatIsLeftBeforeItStops() throws ExecutionException, InterruptedException {
        copy.central.start(false);
        feed.append(event("a", 1));
        CompletableFuture.runAsync(copy::close).get();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "101@1"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
