package retail.inventory.central;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** The central copy and a log that is older, shorter or not yet recovered: what it begins with, and what it needs kept. */
@Isolated("it changes what the process logs")
class CentralAndTheLogTest {

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private Copy copy = new Copy(disk, feed);

    @AfterEach
    void stops() {
        copy.close();
    }

    /** An operator has put an older log back, and its owner has noticed. */
    @Test
    void doesNotTrustASnapshotThatIsAheadOfTheLog() throws IOException {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        copy.central.start(false);
        copy.close();
        FakeFeed older = new FakeFeed();
        older.append(event("a", 1), event(Event.RESERVE, "a", 7, 2));
        files().putAsideBeyond(() -> 2);
        try (Copy again = Copy.started(disk, older)) {
            assertThat(again.stock()).isEqualTo(Map.of("S1/a", "7@2"));
            older.commit(event("b", 1));
            await().until(() -> again.stock().equals(Map.of("S1/a", "7@2", "S1/b", "101@1")));
        }
    }

    /** After a power cut another process, which owns the log, may not have read all of it yet. */
    @Test
    void waitsForTheLogThatItsSnapshotWasTakenFrom() {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        copy.central.start(false);
        copy.close();
        FakeFeed recovering = new FakeFeed();
        recovering.append(event("a", 1), event("a", 2));
        try (Copy again = new Copy(disk, recovering)) {
            Thread start = Thread.ofVirtual().start(() -> again.central.start(false));
            await().during(Duration.ofMillis(150)).until(() -> !again.central.isStarted());
            recovering.append(event("a", 3), event("a", 4));
            await().until(again.central::isStarted);
            assertThat(again.stock()).isEqualTo(Map.of("S1/a", "104@4"));
            assertThat(start.isVirtual()).isTrue();
        }
    }

    @Test
    void stopsWaitingForTheLogWhenTheServiceStops() throws InterruptedException {
        feed.append(event("a", 1));
        copy.central.start(false);
        copy.close();
        Copy again = new Copy(disk, new FakeFeed());
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread start = Thread.ofVirtual().unstarted(() -> ended.set(catchThrowable(() -> again.central.start(false))));
        start.start();
        again.close();
        start.join();
        assertThat(ended.get()).hasMessageContaining("stops while it waits");
    }

    @Test
    void beginsWithTheStoresRecordsWhenTheLogNoLongerGoesBackFarEnough() {
        feed.append(event("a", 1), event("a", 2), event("b", 1), event("a", 3));
        feed.beginsAt(3);
        copy.stores.have(2, record("a", 102, 2), record("b", 8, 1));
        copy.central.start(false);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/b", "8@1"));
        assertThat(copy.worker.position()).isEqualTo(4);
        assertThat(copy.dead()).isEmpty();
        restart();
        assertThat(copy.stock()).as("the snapshot is enough now").isEqualTo(Map.of("S1/a", "103@3", "S1/b", "8@1"));
    }

    @Test
    void tellsTheLogsOwnerWhatEverySnapshotHas() throws IOException {
        assertThat(files().covered()).isZero();
        feed.append(event("a", 1), event("a", 2));
        copy.central.start(false);
        copy.save();
        assertThat(files().covered()).isEqualTo(2);
        feed.commit(event("a", 3));
        copy.worker.sync();
        copy.save();
        assertThat(files().covered()).as("the newest may be damaged").isEqualTo(2);
        feed.commit(event("a", 4));
        copy.worker.sync();
        copy.save();
        assertThat(files().covered()).isEqualTo(3);
    }

    /** The log must keep a letter's event until it is applied and every snapshot has it. */
    @Test
    void needsTheEventOfALetterUntilEverySnapshotHasIt() throws IOException {
        feed.append(event("b", 1), event("RESTOCK", "a", 50, 1), event("b", 2));
        copy.central.start(false);
        copy.save();
        assertThat(files().covered()).isEqualTo(1);
        feed.replace(2, event(Event.ADJUST, "a", 50, 1));
        assertThat(replay(2)).isNull();
        assertThat(files().covered()).as("resolved after the snapshot").isEqualTo(1);
        for (int version = 3; version <= 4; version++) {
            feed.commit(event("b", version));
            copy.worker.sync();
            copy.save();
        }
        assertThat(files().covered()).isEqualTo(4);
    }

    @Test
    void forgetsASnapshotReadAheadThatIsPutAsideMeanwhile() throws Exception {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        copy.central.start(false);
        copy.close();
        FakeFeed older = new FakeFeed();
        older.append(event("a", 1), event("b", 1));
        try (Copy again = new Copy(disk, older)) {
            again.central.readAhead();
            await().until(() -> again.view.size() > 0);
            files().putAsideBeyond(() -> 2);
            again.central.start(false);
            assertThat(again.stock()).isEqualTo(Map.of("S1/a", "101@1", "S1/b", "101@1"));
        }
    }

    @Test
    void readsAgainWhenTheSnapshotReadAheadIsGone() throws Exception {
        feed.append(event("a", 1));
        copy.central.start(false);
        copy.close();
        AtomicInteger opened = new AtomicInteger();
        disk.hook((operation, file) -> {
            if (operation == Operation.OPEN && file.startsWith(Copy.SNAPSHOTS) && opened.incrementAndGet() == 3) {
                disk.remove(file); // checked already, about to be read
            }
        });
        copy = new Copy(disk, feed);
        copy.central.readAhead();
        await().until(() -> opened.get() >= 3);
        copy.central.start(false);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "101@1"));
    }

    /** It is asked every few seconds; who keeps the letters has said it already. */
    @Test
    void saysNothingOfATornLetterEachTimeItIsAsked() throws IOException {
        disk.put(Copy.LETTERS.resolve("central.jsonl"), new byte[] {'{'});
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(CentralDeadLetters.class);
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        try {
            assertThat(files().covered()).isZero();
            assertThat(log.list).isEmpty();
            copy.central.start(false);
            assertThat(log.list).hasSize(1);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
    }

    private CentralFiles files() {
        return new CentralFiles(disk, Copy.DATA);
    }

    private static InventoryRecord record(String sku, long qty, long version) {
        return new InventoryRecord(new StockKey("S1", sku), qty, version, Instant.ofEpochMilli(5));
    }

    private @Nullable String replay(long id) {
        return copy.central.replay(requireNonNull(copy.letters.find(id)));
    }

    private void restart() {
        copy.close();
        copy = Copy.started(disk, feed);
    }
}
