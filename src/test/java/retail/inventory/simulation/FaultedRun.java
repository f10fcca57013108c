package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers;
import retail.inventory.background.WatchedBreakers;
import retail.inventory.central.PoisonedCopy;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.simulation.Faults.Place;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** The same script each time, on a disk that fails somewhere in it; then a power cut, and what is left. */
final class FaultedRun {

    private static final StockKey ONE = new StockKey("A", "one");
    private static final StockKey TWO = new StockKey("A", "two");
    private static final StockKey OTHER = new StockKey("B", "one");
    private static final StockKey POISON = new StockKey("B", PoisonedCopy.POISON);
    private static final List<StockKey> KEYS = List.of(ONE, TWO, OTHER, POISON);
    private static final DiskBreakers.Settings SETTINGS = new DiskBreakers.Settings(0.5, 3, 1, 1);
    private static final int SEGMENT_BYTES = 700;

    /** How long a lasting fault lasts, in steps of the script. */
    private static final int STEPS_BROKEN = 5;

    private final SimDisk disk = new SimDisk();
    private final Faults faults;
    private final WatchedBreakers breakers = new WatchedBreakers(SETTINGS);
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Oracle oracle = new Oracle(() -> Moment.of(now));
    private final Map<StockKey, InventoryRecord> acknowledged = new HashMap<>();
    private final List<Request> keyed = new ArrayList<>();
    private final Life life;
    private final PoisonedCopy copy;
    private long requests;
    private int refused;
    private int stepsBroken;

    FaultedRun(Faults faults) {
        this.faults = faults;
        Disk patient = breakers.patient(disk);
        life = new Life(oracle, Surroundings.of(disk, patient, () -> now, breakers.breakers(), SEGMENT_BYTES));
        copy = new PoisonedCopy(patient, life.log(), breakers.breakers());
    }

    void run(Random random) throws IOException {
        life.start();
        copy.start();
        disk.hook(faults);
        script();
        if (faults.heal()) {
            isWellAgain();
        }
        SimDisk after = disk.crash(random);
        copy.close();
        life.end();
        agrees(after);
    }

    /** Segments are rolled over at every third event; the keys of the first half are forgotten in the second. */
    private void script() {
        for (int round = 0; round < 2; round++) {
            send(ONE, 1, null);
            send(TWO, 1, "two " + round);
            send(ONE, -1, null);
            step(life::save);
            send(OTHER, 1, "other " + round);
            send(OTHER, -1, "other less " + round);
            step(copy::follow);
            step(copy::snapshot);
        }
        keyed.clear();
        step(this::compact); // too early, but from here on it knows how old they are
        now = now.plus(Life.KEY_TTL.multipliedBy(2));
        send(TWO, -1, null);
        send(POISON, 1, null);
        step(copy::follow);
        step(life::save);
        step(copy::snapshot);
        step(this::compact);
        send(TWO, 1, "two at last");
        send(ONE, -1, "one at last");
        step(life::save);
    }

    /** A request with an amount of its own; few stocks suffice for all reservations, so some may be refused. */
    private void send(StockKey key, int sign, @Nullable String idempotencyKey) {
        requests++;
        Request request = new Request(key, sign > 0 ? 100 + requests : -requests, null, idempotencyKey);
        if (idempotencyKey != null) {
            keyed.add(request);
        }
        step(() -> send(request));
    }

    private boolean send(Request request) {
        boolean answered = life.send(request);
        refused += answered ? 0 : 1;
        if (answered) {
            acknowledged.putAll(life.records(List.of(request.key())));
        }
        return answered;
    }

    private void compact() {
        try {
            life.compact(copy.covered());
        } catch (IOException | LogUnavailableException injected) {
            // what is not put away stays
        }
    }

    /** A step, whatever becomes of it; reads are answered after it. */
    private void step(Runnable action) {
        action.run();
        readsAreAnswered();
        if (!faults.isBroken()) {
            awaitWritable();
            return;
        }
        stepsBroken++;
        if (stepsBroken == STEPS_BROKEN) {
            triesInVain();
            if (faults.heal()) {
                awaitWritable();
            }
        }
    }

    private void readsAreAnswered() {
        acknowledged.forEach(
                (key, record) -> assertThat(life.records(List.of(key)).get(key))
                        .as("the record of an acknowledged change")
                        .isEqualTo(record));
        copy.stock()
                .forEach((key, shown) -> assertThat(acknowledged.keySet())
                        .as("in the central view")
                        .anyMatch(known -> key.equals(known.storeId() + "/" + known.sku())));
    }

    /** The log tries by itself, and takes nothing while that fails. */
    private void triesInVain() {
        if (faults.hit(Place.LOG)) {
            soon().until(() -> breakers.history("log").size() >= 3);
            assertThat(List.copyOf(breakers.history("log")).subList(0, 3))
                    .containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN);
            assertThat(send(new Request(ONE, 1_000_000, null, null)))
                    .as("taken while the log is broken")
                    .isFalse();
        }
    }

    private void awaitWritable() {
        if (life.log().status().state() != EventLog.State.OPEN) {
            soon().until(() -> life.log().status().state() == EventLog.State.OPEN);
        }
    }

    private static ConditionFactory soon() {
        return await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private void isWellAgain() {
        awaitWritable();
        keyed.forEach(request -> assertThat(send(request)).as("sent again").isTrue());
        assertThat(send(new Request(ONE, 2_000_000, null, null)))
                .as("taken after the heal")
                .isTrue();
        soon().until(copy::follow);
        soon().until(life::save);
        soon().until(copy::snapshot);
        compact();
        readsAreAnswered();
        isWhole(life, copy);
        soon().until(() ->
                copy.follow() && copy.problem().isEmpty()); // its own thread may tell of the last failure late
        logsBreakerHasDoneItsPart();
    }

    private void logsBreakerHasDoneItsPart() {
        List<State> history = breakers.history("log");
        if (!faults.hit(Place.LOG)) {
            assertThat(history)
                    .as("the log's breaker, which has nothing to do with it")
                    .isEmpty();
            assertThat(refused).as("writes refused although the log works").isZero();
        } else {
            assertThat(history.getFirst()).isEqualTo(State.OPEN);
            assertThat(history).contains(State.HALF_OPEN).last().isEqualTo(State.CLOSED);
        }
    }

    /** The central view has what the log has, but for the letters; each of them is there once. */
    private static void isWhole(Life life, PoisonedCopy copy) {
        Map<String, String> stock = new TreeMap<>();
        List<Long> dead = new ArrayList<>();
        for (Event event : life.events()) {
            if (event.movement().key().sku().equals(PoisonedCopy.POISON)) {
                dead.add(event.sequence());
            } else {
                stock.put(
                        event.movement().key().storeId() + "/"
                                + event.movement().key().sku(),
                        event.movement().qty() + "@" + event.movement().version());
            }
        }
        assertThat(copy.stock()).as("the central view").isEqualTo(stock);
        assertThat(copy.dead()).as("the dead letters").isEqualTo(dead);
    }

    /** A new life on what the power cut has left. */
    private void agrees(SimDisk after) {
        WatchedBreakers anew = new WatchedBreakers(SETTINGS);
        Life next = new Life(oracle, Surroundings.of(after, after, () -> now, anew.breakers(), SEGMENT_BYTES));
        next.start();
        next.requireAgreement(KEYS); // before the central copy, which would wait for what is lost
        try (PoisonedCopy rebuilt = new PoisonedCopy(after, next.log(), anew.breakers())) {
            rebuilt.start();
            keyed.forEach(request -> next.send(request));
            next.requireAgreement(KEYS);
            soon().until(rebuilt::follow);
            isWhole(next, rebuilt);
        }
        next.end();
    }
}
