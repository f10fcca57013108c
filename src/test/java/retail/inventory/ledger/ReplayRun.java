package retail.inventory.ledger;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** The writes of one replay: first all opening stock, then all lines, by all clients at once. */
final class ReplayRun {

    private static final long PROGRESS_SECONDS = 2;
    private static final int DIGITS = 3;

    private final PrintStream progress;
    /** Makes idempotency keys of this run differ from those of every other. */
    private final String runId = UUID.randomUUID().toString();

    private final LongAdder done = new LongAdder();

    /** What the lines of one client, or of all, came to. */
    record Tally(long refused, Histogram micros, Duration elapsed) {}

    ReplayRun(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Sends each share in its order, all shares at once.
     *
     * @param clients one for each process; the lines of a share go to one after the other, so that processes want the same
     *     SKUs all the time
     */
    Tally send(List<ClientShare> shares, List<ReplayClient> clients) throws InterruptedException {
        List<Callable<Tally>> openings = new ArrayList<>();
        List<Callable<Tally>> lines = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            ClientShare share = shares.get(i);
            String openingKeys = runId + "-opening-" + i + "-";
            openings.add(() -> open(clients, share.openingStock(), openingKeys));
            lines.add(() -> replay(clients, share.lines()));
        }
        all(
                "opening stock",
                openings,
                shares.stream().mapToLong(share -> share.openingStock().size()).sum());
        return all(
                "lines",
                lines,
                shares.stream().mapToLong(share -> share.lines().size()).sum());
    }

    private Tally open(List<ReplayClient> clients, Map<LedgerKey, Long> openingStock, String idempotencyKeys)
            throws InterruptedException {
        int sent = 0;
        for (Map.Entry<LedgerKey, Long> each : openingStock.entrySet()) {
            ReplayClient client = clients.get(sent % clients.size());
            sent++;
            if (!client.change(each.getKey(), false, each.getValue(), idempotencyKeys + sent)) {
                throw new ReplayException("The opening stock of %s was refused.".formatted(each.getKey()));
            }
            done.increment();
        }
        return new Tally(0, new Histogram(DIGITS), Duration.ZERO);
    }

    private Tally replay(List<ReplayClient> clients, List<LedgerLine> lines) throws InterruptedException {
        Histogram micros = new Histogram(DIGITS);
        long refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            LedgerLine line = lines.get(i);
            ReplayClient client = clients.get(i % clients.size());
            long start = System.nanoTime();
            boolean accepted = client.change(line.key(), line.sale(), line.amount(), runId + "-line-" + line.number());
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            refused += accepted ? 0 : 1;
            done.increment();
        }
        return new Tally(refused, micros, Duration.ZERO);
    }

    /** Runs one task per client and reports progress meanwhile; the first failure stops the others. */
    private Tally all(String what, List<Callable<Tally>> tasks, long total) throws InterruptedException {
        done.reset();
        long start = System.nanoTime();
        long refused = 0;
        Histogram micros = new Histogram(DIGITS);
        // Virtual threads, because an interrupt frees them from a socket: a stopped run does not wait for its time-out.
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Tally> finished = new ExecutorCompletionService<>(executor);
            List<Future<Tally>> running = tasks.stream().map(finished::submit).toList();
            try {
                for (int left = running.size(); left > 0; ) {
                    Future<Tally> next = finished.poll(PROGRESS_SECONDS, TimeUnit.SECONDS);
                    if (next == null) {
                        report(what, total, System.nanoTime() - start);
                    } else {
                        Tally tally = next.get();
                        refused += tally.refused();
                        micros.add(tally.micros());
                        left--;
                    }
                }
            } catch (ExecutionException e) {
                throw new ReplayException(reason(e), e);
            } finally {
                running.forEach(each -> each.cancel(true));
            }
        }
        return new Tally(refused, micros, Duration.ofNanos(System.nanoTime() - start));
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof ReplayException known
                ? String.valueOf(known.getMessage())
                : "A client failed: " + cause;
    }

    private void report(String what, long total, long nanos) {
        long sent = done.sum();
        double perSecond = sent * 1_000_000_000.0 / nanos;
        progress.printf(Locale.ROOT, "%s: %,d of %,d, %,.0f/s%n", what, sent, total, perSecond);
    }
}
