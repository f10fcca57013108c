package retail.inventory.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import retail.inventory.bench.ThroughputTable.Measured;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Tasks;
import retail.inventory.service.HoldWish;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.Holds;
import retail.inventory.stock.Line;

/**
 * What 10,000 holds of one SKU cost: changes of it and of one that nobody holds, in alternating rounds of one run; and the change
 * that comes in the millisecond in which all of them end, which has to write that down.
 */
record HeldSku(WritePathAlone path, AtomicLong nowMs, Findings failures, PrintStream out) {

    private static final int FREE = 0;
    private static final int HELD = 1;
    /** The most, but for those that come and go meanwhile. */
    private static final int HOLDS = Holds.COUNT_MAX - SkuScale.THREADS;

    private static final int ROUNDS = 5;
    private static final int ENDS = 30;
    private static final long LASTS_MS = 600_000;
    private static final double COSTS_MAX = 2;
    private static final AtomicLong IDS = new AtomicLong();

    static void measure(Path directory, Findings failures, PrintStream out) throws IOException {
        AtomicLong nowMs = new AtomicLong(System.currentTimeMillis());
        try (WritePathAlone path = WritePathAlone.open(directory, () -> Instant.ofEpochMilli(nowMs.get()))) {
            HeldSku bench = new HeldSku(path, nowMs, failures, out);
            path.adjust(FREE, 1_000_000);
            path.adjust(HELD, 1_000_000);
            bench.placeAll();
            bench.compare("adjusts", sku -> path.adjust(sku, 1));
            bench.compare("holds, each placed and released", bench::placeAndRelease);
            bench.ends();
        }
    }

    private void placeAll() throws IOException {
        Tasks.numbered(HOLDS, SkuScale.THREADS, _ -> place(HELD));
    }

    private void compare(String what, Tasks.Numbered change) throws IOException {
        List<Measured> free = new ArrayList<>();
        List<Measured> held = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            Measured ofFree = SkuScale.round(() -> change.run(FREE));
            Measured ofHeld = SkuScale.round(() -> change.run(HELD));
            if (round >= 0) { // the first one warms up
                free.add(ofFree);
                held.add(ofHeld);
            }
        }
        double costs = Measured.median(free).perSecond() / Measured.median(held).perSecond();
        out.printf(
                "%s: without holds %s, with %,d %s: %.2f times (target: at most 2)%n",
                what, SkuScale.text(Measured.median(free)), HOLDS, SkuScale.text(Measured.median(held)), costs);
        failures.require(costs <= COSTS_MAX, Kind.TOO_SLOW, what + " cost " + costs + " times");
    }

    /** One at a time, with the disk in it; each other one is of the SKU whose holds have all just ended. */
    private void ends() throws IOException {
        Histogram free = new Histogram(3);
        Histogram held = new Histogram(3);
        for (int end = 0; end < ENDS; end++) {
            nowMs.addAndGet(LASTS_MS);
            free.recordValue(micros(FREE));
            held.recordValue(micros(HELD));
            long left = requireNonNull(path.service().find(WritePathAlone.key(HELD)))
                    .holds()
                    .size();
            failures.require(left == 0, Kind.WRONG_ANSWER, left + " holds are left");
            placeAll();
        }
        out.printf(
                "ms for the change in the millisecond in which %,d end: %s; of one without holds: %s%n",
                HOLDS, Outcomes.millis(held, 50, 100), Outcomes.millis(free, 50, 100));
    }

    private long micros(int sku) {
        long start = System.nanoTime();
        path.adjust(sku, 1);
        return (System.nanoTime() - start) / 1_000;
    }

    private void placeAndRelease(int sku) {
        String id = place(sku);
        change((event, at, cause) -> new ReleaseHold(id, null, event, at, cause));
    }

    private String place(int sku) {
        String id = "H" + IDS.incrementAndGet();
        List<Line> lines = List.of(new Line(WritePathAlone.key(sku), 1, null));
        change((event, at, cause) -> new PlaceHold(id, lines, LASTS_MS, false, Condition.NONE, event, at, cause));
        return id;
    }

    private void change(HoldWish wish) {
        WritePathAlone.requireAccepted(path.service().changeHold(wish, Cause.NONE, null));
    }
}
