package retail.inventory.audit;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.PacedLoop;
import retail.inventory.central.CentralInventory;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.StoreRecords;
import retail.inventory.central.SyncWorker;
import retail.inventory.journal.EventFeed;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * Compares the central view with the stores' own records, again and again, a twentieth of the time at most. A SKU is compared
 * where both sides have the same version of it, which is the same event of the log; one that changes meanwhile waits for
 * the next pass.
 */
public final class Audit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final int EXAMPLES = 10;

    /** How long a pass waits for either side before it gives up, in milliseconds. */
    public static final long PATIENCE_MS = 5000;

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final StoreRecords records;
    private final CentralInventory view;
    private final SyncWorker worker;
    private final EventFeed feed;
    private final InstantSource clock;
    private final long patienceMs;
    private final PacedLoop loop;

    /** The versions that the view was ahead by in the last pass: by the next one the stores must have them. */
    private Map<StockKey, Long> ahead = Map.of();

    private volatile Report latest = new Report(0, 0, 0, null, "", List.of());

    public Audit(
            StoreRecords records,
            CentralInventory view,
            SyncWorker worker,
            EventFeed feed,
            InstantSource clock,
            long intervalMs,
            long patienceMs) {
        this.records = records;
        this.view = view;
        this.worker = worker;
        this.feed = feed;
        this.clock = clock;
        this.patienceMs = patienceMs;
        this.loop = new PacedLoop("central-audit", intervalMs, this::pass, () -> {});
    }

    /**
     * What the last complete pass found.
     *
     * @param checked how many SKUs of how many stores were compared
     * @param mismatches how many of them differ, and how many SKUs only the view has
     * @param unsettled how many changed while they were compared; the next pass sees to them
     * @param at when it ended; null = none has yet
     * @param problem why no pass has succeeded since; empty when one has
     * @param examples some of the mismatches
     */
    public record Report(
            long checked,
            long mismatches,
            long unsettled,

            @JsonFormat(pattern = "uuuu-MM-dd'T'HH:mm:ss.SSSX", timezone = "UTC") @Nullable
            Instant at,

            String problem,
            List<Mismatch> examples) {

        private Report but(String why) {
            return new Report(checked, mismatches, unsettled, at, why, examples);
        }
    }

    /**
     * A SKU that differs.
     *
     * @param stores what the store has, as quantity (held) @ version
     * @param central what the view has; "nothing" when it does not have the SKU
     */
    public record Mismatch(String storeId, String sku, String stores, String central) {}

    /** What the last complete pass found. */
    public Report report() {
        Report report = latest;
        String defect = loop.problem();
        return report.problem().isEmpty() && !defect.isEmpty() ? report.but(defect) : report;
    }

    /** Starts comparing. */
    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void pass() {
        try {
            compareAll();
        } catch (IOException | RuntimeException e) {
            if (loop.isClosed()) {
                return;
            }
            LOG.warn("The audit could not compare the central view with the stores: {}", e.toString());
            latest = latest.but(e.toString());
        }
    }

    /** One pass over everything. */
    public void compareAll() throws IOException {
        long size = view.size();
        long reached = feed.durableSequence(); // the view has nothing later than this
        awaitRecords(reached);
        Pass pass = new Pass();
        records.forEach(some -> {
            long start = System.nanoTime();
            if (loop.isClosed()) {
                throw new IllegalStateException("the audit stops");
            }
            awaitView();
            some.forEach(pass::compare);
            loop.restAfter(System.nanoTime() - start);
        });
        ahead = pass.nowAhead;
        latest = pass.report(size);
        if (latest.mismatches() > 0) {
            LOG.error(
                    "The central view differs from the stores in {} of {} SKUs, among them {}: see run.md, \"The audit"
                            + " finds mismatches\"",
                    latest.mismatches(),
                    latest.checked(),
                    latest.examples());
        }
    }

    /** Waits until the stores' records have everything the view had when the pass began. */
    private void awaitRecords(long sequence) throws IOException {
        long start = System.nanoTime();
        while (records.through() < sequence) {
            if (elapsedMs(start) > patienceMs || loop.isClosed()) {
                throw new IOException("the stores' records are at " + records.through() + ", the log at " + sequence);
            }
            LockSupport.parkNanos(20 * LOOK_AGAIN_NANOS);
        }
    }

    /** Waits until the view has everything that is durable now, by a look at the log that is later than now. */
    private void awaitView() {
        long start = System.nanoTime();
        long target = Long.MAX_VALUE;
        while (worker.position() < target) {
            if (target == Long.MAX_VALUE && feed.lookAgeMs() < elapsedMs(start)) {
                target = feed.durableSequence();
            }
            if (elapsedMs(start) > patienceMs) {
                throw new IllegalStateException("the view is " + worker.behind() + " events behind the log");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static long elapsedMs(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** What one pass has found so far. */
    private final class Pass {
        private final Map<StockKey, Long> nowAhead = new HashMap<>();
        private final List<Mismatch> examples = new ArrayList<>();
        private long seen;
        private long checked;
        private long mismatches;

        private void compare(InventoryRecord record) {
            seen++;
            StockKey key = record.key();
            Entry entry = view.find(key.storeId(), key.sku());
            if (entry != null
                    && entry.version() > record.version()
                    && ahead.getOrDefault(key, 0L) <= record.version()) {
                nowAhead.put(key, entry.version());
                return;
            }
            checked++;
            if (entry == null
                    || entry.version() != record.version()
                    || entry.qty() != record.qty()
                    || !entry.holds().equals(record.holds())
                    || entry.updatedAtMs() != record.updatedAt().toEpochMilli()) {
                mismatches++;
                if (examples.size() < EXAMPLES) {
                    examples.add(new Mismatch(
                            key.storeId(),
                            key.sku(),
                            told(record.qty(), record.holds(), record.version()),
                            entry == null ? "nothing" : told(entry.qty(), entry.holds(), entry.version())));
                }
            }
        }

        private static String told(long qty, Holds holds, long version) {
            return qty + " (" + holds.total() + ") @ " + version;
        }

        private Report report(long sizeBefore) {
            long onlyInView = Math.max(0, sizeBefore - seen);
            return new Report(
                    checked, mismatches + onlyInView, nowAhead.size(), clock.instant(), "", List.copyOf(examples));
        }
    }
}
