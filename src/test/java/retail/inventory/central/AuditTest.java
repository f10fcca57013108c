package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retail.inventory.audit.Audit;
import retail.inventory.audit.Audit.Mismatch;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** The comparison of the view with the stores' own records: what it finds, and what it must not take for a finding. */
class AuditTest {

    private static final long AT_MS = 1_700_000_000_000L;

    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = new Copy(new SimDisk(), feed);
    private final Audit audit = audit(copy.stores, 60_000);

    @BeforeEach
    void starts() {
        feed.append(event("a", 1), event("b", 1), event("b", 2));
        copy.central.start(false);
    }

    @AfterEach
    void stops() {
        audit.close();
        copy.close();
    }

    @Test
    void hasFoundNothingBeforeItHasLooked() {
        assertThat(audit.report()).isEqualTo(new Audit.Report(0, 0, 0, null, "", List.of()));
    }

    @Test
    void findsNothingWhereBothSidesAgree() throws IOException {
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        audit.compareAll();
        assertThat(audit.report()).isEqualTo(new Audit.Report(2, 0, 0, Copy.NOW, "", List.of()));
    }

    @Test
    void findsWhatDiffersInAnyPart() throws IOException {
        InventoryRecord later = new InventoryRecord(new StockKey("S1", "b"), 102, 2, Instant.ofEpochMilli(AT_MS));
        for (InventoryRecord wrong : List.of(record("b", 103, 2), record("b", 102, 3), later)) {
            copy.stores.have(3, record("a", 101, 1), wrong);
            audit.compareAll();
            assertThat(audit.report().checked()).isEqualTo(2);
            assertThat(audit.report().examples())
                    .containsExactly(new Mismatch("S1", "b", wrong.qty() + " (0) @ " + wrong.version(), "102 (0) @ 2"));
            assertThat(audit.report().mismatches()).isEqualTo(1);
        }
    }

    @Test
    void findsAHoldThatTheViewLacksOrHasOtherwise() throws IOException {
        Holds held = Holds.of(List.of(new HeldUnits("cart", 3, AT_MS + 9)));
        feed.append(moved(3, new HoldChange(3, held.find("cart"), List.of())));
        requireFound(3, held, null);
        requireFound(3, Holds.NONE, new Mismatch("S1", "b", "102 (0) @ 3", "102 (3) @ 3"));
        requireFound(
                3,
                Holds.of(List.of(new HeldUnits("other", 3, AT_MS + 9))),
                new Mismatch("S1", "b", "102 (3) @ 3", "102 (3) @ 3"));
        feed.append(moved(4, new HoldChange(0, new HeldUnits("cart", 0, AT_MS + 9), List.of())));
        requireFound(4, Holds.NONE, null);
        requireFound(4, held, new Mismatch("S1", "b", "102 (3) @ 4", "102 (0) @ 4"));
    }

    private static Event moved(long version, HoldChange change) {
        Event event = event("b", version);
        return new Event(
                Event.NOT_YET,
                event.eventId(),
                event.atMs(),
                Event.ADJUST,
                new Movement(event.movement().key(), 0, 102, version, change),
                null,
                Cause.NONE,
                null,
                null);
    }

    private void requireFound(long version, Holds holds, @Nullable Mismatch mismatch) throws IOException {
        StockKey key = new StockKey("S1", "b");
        Instant at = Instant.ofEpochMilli(AT_MS + version);
        copy.stores.have(
                feed.durableSequence(), record("a", 101, 1), new InventoryRecord(key, 102, holds, version, at));
        audit.compareAll();
        assertThat(audit.report().examples()).isEqualTo(mismatch == null ? List.of() : List.of(mismatch));
    }

    @Test
    void findsWhatOnlyOneSideHas() throws IOException {
        copy.stores.have(3, record("a", 101, 1));
        audit.compareAll();
        assertThat(audit.report().mismatches()).as("only the view has b").isEqualTo(1);
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2), record("c", 1, 1));
        audit.compareAll();
        assertThat(audit.report().examples()).containsExactly(new Mismatch("S1", "c", "1 (0) @ 1", "nothing"));
    }

    @Test
    void forgetsWhatHasBeenMended() throws IOException {
        copy.stores.have(3, record("a", 7, 1), record("b", 102, 2));
        audit.compareAll();
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        audit.compareAll();
        assertThat(audit.report().mismatches()).isZero();
        assertThat(audit.report().examples()).isEmpty();
    }

    @Test
    void leavesAChangeMadeMeanwhileToTheNextPass() throws IOException {
        copy.stores.have(3, record("a", 101, 1), record("b", 101, 1));
        audit.compareAll();
        assertThat(audit.report()).isEqualTo(new Audit.Report(1, 0, 1, Copy.NOW, "", List.of()));
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        audit.compareAll();
        assertThat(audit.report()).isEqualTo(new Audit.Report(2, 0, 0, Copy.NOW, "", List.of()));
    }

    /** The stores must have by the next pass what the view had in this one. */
    @Test
    void findsAVersionThatTheStoresNeverGet() throws IOException {
        copy.stores.have(3, record("a", 101, 1), record("b", 101, 1));
        audit.compareAll();
        audit.compareAll();
        assertThat(audit.report().examples()).containsExactly(new Mismatch("S1", "b", "101 (0) @ 1", "102 (0) @ 2"));
    }

    @Test
    void waitsUntilTheViewHasWhatTheStoresHave() throws IOException {
        copy.stores.have(4, record("a", 101, 1), record("b", 102, 2), record("c", 101, 1));
        feed.append(event("c", 1)); // the worker has not been woken
        audit.compareAll();
        assertThat(audit.report()).isEqualTo(new Audit.Report(3, 0, 0, Copy.NOW, "", List.of()));
    }

    @Test
    void waitsForALookAtAnotherProcessesLogThatIsYoungerThanTheRecords() throws Exception {
        feed.lookAgeMs(600_000);
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        CompletableFuture<Void> pass = CompletableFuture.runAsync(this::compareAll);
        await().during(Duration.ofMillis(100)).until(() -> !pass.isDone());
        feed.lookAgeMs(0);
        pass.get();
        assertThat(audit.report().checked()).isEqualTo(2);
    }

    @Test
    void waitsUntilTheStoresRecordsHaveWhatTheViewHad() throws Exception {
        copy.stores.have(2, record("a", 101, 1));
        CompletableFuture<Void> pass = CompletableFuture.runAsync(this::compareAll);
        await().during(Duration.ofMillis(100)).until(() -> !pass.isDone());
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        pass.get();
        assertThat(audit.report().mismatches()).isZero();
    }

    @Test
    void comparesAgainAndAgainAndSaysWhyItCannot() {
        StoreRecords broken = new StoreRecords() {
            @Override
            public long through() throws IOException {
                throw new IOException("no disk today");
            }

            @Override
            public void forEach(Consumer<List<InventoryRecord>> some) {
                copy.stores.forEach(some);
            }
        };
        try (Audit failing = audit(broken, 10)) {
            failing.start();
            await().until(() -> failing.report().problem().contains("no disk today"));
            assertThat(failing.report().at()).isNull();
        }
        copy.stores.have(3, record("a", 101, 1), record("b", 102, 2));
        try (Audit running = audit(copy.stores, 10)) {
            running.start();
            await().until(() -> running.report().checked() == 2);
            copy.stores.have(3, record("a", 101, 1), record("b", 1, 2));
            await().until(() -> running.report().mismatches() == 1);
        }
    }

    @Test
    void givesUpAPassWhenTheViewStandsStill() {
        copy.stores.have(4, record("a", 101, 1));
        feed.fails(new LogUnavailableException(LogUnavailableException.Cause.STORAGE_FAILED, "no disk today"));
        feed.append(event(Event.ADJUST, "c", 1, 1));
        try (Audit impatient = audit(copy.stores, 60_000, 50)) {
            assertThatThrownBy(impatient::compareAll).hasMessageContaining("1 events behind");
        }
        feed.fails(null);
    }

    private Audit audit(StoreRecords records, long intervalMs) {
        return audit(records, intervalMs, 30_000);
    }

    private Audit audit(StoreRecords records, long intervalMs, long patienceMs) {
        return new Audit(records, copy.view, copy.worker, feed, InstantSource.fixed(Copy.NOW), intervalMs, patienceMs);
    }

    private void compareAll() {
        try {
            audit.compareAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the view has it from {@link FakeFeed#event}. */
    private static InventoryRecord record(String sku, long qty, long version) {
        return new InventoryRecord(new StockKey("S1", sku), qty, version, Instant.ofEpochMilli(AT_MS + version));
    }
}
