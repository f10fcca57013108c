package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldWish;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** Holds are there after a start though the log no longer has the events that placed them. */
class HoldRecoveryTest {

    private static final List<String> STORES = List.of("A", "B");
    private static final Instant DELIVERED = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final Instant LATER = DELIVERED.plus(Duration.ofHours(1));
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final Cause ORDER = new Cause(Cause.LOCAL, "ORDERED", "order-7", null, null);

    private final SimDisk disk = new SimDisk();
    private final NavigableMap<String, InventoryRecord> stock;
    private final NavigableMap<String, Hold> holds;

    HoldRecoveryTest() throws IOException {
        try (RecoveredStores stores = new RecoveredStores(disk, DELIVERED)) {
            for (String sku : List.of("A/one", "A/two", "B/one")) {
                stores.deliver(sku.substring(0, 1), sku.substring(2), 100);
            }
            place(stores, "cart", DAY_MS, line("A", "one", 2), line("B", "one", 3));
            place(stores, "order", HeldUnits.NO_END, line("A", "one", 5), line("A", "two", 7));
            place(stores, "sold", DAY_MS, line("A", "two", 11));
            place(stores, "partly", DAY_MS, line("A", "one", 13), line("A", "two", 17));
            place(stores, "given-back", 1000, line("B", "one", 19));
            place(stores, "ends", 1000, line("B", "one", 23));
            confirm(stores, "sold", null);
            confirm(stores, "partly", List.of(line("A", "two", 4)));
            wish(stores, (id, at, cause) -> new ReleaseHold("given-back", null, id, at, cause));
            stores.save();
        }
        try (RecoveredStores stores = new RecoveredStores(disk, LATER)) {
            stores.compact();
            place(stores, "only-in-the-log", DAY_MS, line("B", "one", 29));
            confirm(stores, "partly", List.of(line("A", "one", 1)));
            wish(stores, (id, at, cause) -> new ExtendHold("order", 2 * DAY_MS, id, at, cause));
            stock = stores.stock(STORES);
            holds = stores.holds();
        }
    }

    @Test
    void startsWithTheHoldsOfTheFilesAndTheLogAfterThem() {
        assertThat(disk.list(Path.of("/data/wal"))).noneMatch(name -> name.equals("00000000000000000001.jsonl"));
        assertThat(disk.list(Path.of("/data/archive"))).isEmpty();
        for (int seed = 0; seed < 5; seed++) {
            try (RecoveredStores stores = new RecoveredStores(disk.crash(new Random(seed)), LATER)) {
                assertThat(stores.notes()).isEmpty();
                assertThat(stores.stock(STORES)).isEqualTo(stock).hasSize(3);
                assertThat(stores.holds()).isEqualTo(holds).hasSize(7);
                assertThat(states(stores))
                        .isEqualTo(Map.of(
                                "cart", Hold.State.HELD,
                                "order", Hold.State.HELD,
                                "sold", Hold.State.CONFIRMED,
                                "partly", Hold.State.HELD,
                                "given-back", Hold.State.RELEASED,
                                "ends", Hold.State.EXPIRED,
                                "only-in-the-log", Hold.State.HELD));
            }
        }
    }

    /** And when all is saved once more, the files alone. */
    @Test
    void savesWhatItReplayed() throws IOException {
        try (RecoveredStores stores = new RecoveredStores(disk, LATER)) {
            stores.save();
        }
        SimDisk saved = disk.crash(new Random(1));
        for (int restart = 0; restart < 3; restart++) {
            try (RecoveredStores stores = new RecoveredStores(saved, LATER)) {
                assertThat(stores.stock(STORES)).isEqualTo(stock);
                assertThat(stores.holds()).isEqualTo(holds);
                confirm(stores, "cart", null);
                assertThat(states(stores)).containsEntry("cart", Hold.State.CONFIRMED);
            }
            saved = disk.crash(new Random(restart));
        }
    }

    /** Never without holds that somebody was promised. */
    @Test
    void refusesToStartWithoutAFileWhoseEventsTheLogNoLongerHas() throws IOException {
        Path file = RecoveredStores.FILES.resolve("holds-000001.jsonl");
        SimDisk missing = disk.copy();
        missing.remove(file);
        SimDisk damaged = disk.copy();
        byte[] content = damaged.read(file);
        content[200] ^= 1;
        damaged.put(file, content);
        for (SimDisk broken : List.of(missing, damaged)) {
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> new RecoveredStores(broken, LATER).close())
                        .isInstanceOf(LogDamagedException.class)
                        .hasMessageContaining("events from 1 on are needed");
            }
        }
    }

    private static Map<String, Hold.State> states(RecoveredStores stores) {
        Map<String, Hold.State> states = new HashMap<>();
        for (String id : stores.holds().keySet()) {
            var now = stores.service().hold(id);
            if (now != null) {
                states.put(id, now.state());
            }
        }
        return states;
    }

    private static Line line(String store, String sku, long qty) {
        return new Line(new StockKey(store, sku), qty, null);
    }

    private static void place(RecoveredStores stores, String holdId, long lastsMs, Line... lines) {
        wish(
                stores,
                (id, at, cause) ->
                        new PlaceHold(holdId, List.of(lines), lastsMs, false, Condition.NONE, id, at, cause));
    }

    private static void confirm(RecoveredStores stores, String holdId, @Nullable List<Line> part) {
        wish(stores, (id, at, cause) -> new ConfirmHold(holdId, part, false, id, at, cause));
    }

    private static void wish(RecoveredStores stores, HoldWish wish) {
        assertThat(stores.service().changeHold(wish, ORDER, null)).isInstanceOf(Answer.Accepted.class);
    }
}
