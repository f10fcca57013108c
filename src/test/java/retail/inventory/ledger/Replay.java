package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Tasks;

/** One replay of a ledger: first all opening stock, then all lines, by many clients at once; then what each process has is compared. */
final class Replay {

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final List<ReplayClient> processes;
    private final PrintStream progress;
    /** Makes idempotency keys of this run differ from those of every other. */
    private final String runId = UUID.randomUUID().toString();

    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(3);

    private Replay(Ledger ledger, List<ReplayClient> processes, PrintStream progress) {
        this.ledger = ledger;
        this.processes = processes;
        this.progress = progress;
    }

    /**
     * Replays it.
     *
     * @param services processes that share their data; the lines of a client go to one after the other, so that processes want
     *     the same SKUs all the time
     * @param progress gets a line every two seconds
     */
    static ReplayResult of(Ledger ledger, List<URI> services, int clients, PrintStream progress) throws IOException {
        List<ReplayClient> processes = services.stream().map(ReplayClient::new).toList();
        try {
            return new Replay(ledger, processes, progress).run(clients);
        } finally {
            processes.forEach(ReplayClient::close);
        }
    }

    private ReplayResult run(int clients) throws IOException {
        Set<String> stores = ledger.stores();
        for (ReplayClient process : processes) {
            process.requireReachable();
            if (!process.stock(stores).isEmpty()) {
                throw new ReplayException("A store has records already: choose another --store-prefix.");
            }
        }
        List<ClientShare> shares = ClientShare.of(ledger, clients);
        List<Tasks.Work> openings = new ArrayList<>();
        List<Tasks.Work> lines = new ArrayList<>();
        for (ClientShare share : shares) {
            openings.add(() -> open(share.openingStock()));
            lines.add(() -> send(share.lines()));
        }
        Duration _ = all("opening stock", openings, ledger.openingStock().size());
        Duration elapsed = all("lines", lines, ledger.lines().size());
        return compared(clients, elapsed);
    }

    private void open(Map<LedgerKey, Long> openingStock) {
        openingStock.forEach((key, units) -> {
            ReplayClient process = processes.get(done.intValue() % processes.size());
            if (!process.change(key, false, units, runId + "-opening-" + UUID.randomUUID())) {
                throw new ReplayException("The opening stock of %s was refused.".formatted(key));
            }
            done.increment();
        });
    }

    private void send(List<LedgerLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            LedgerLine line = lines.get(i);
            ReplayClient process = processes.get(i % processes.size());
            long start = System.nanoTime();
            boolean accepted = process.change(line.key(), line.sale(), line.amount(), runId + "-line-" + line.number());
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            refused.add(accepted ? 0 : 1);
            done.increment();
        }
    }

    /** Runs one task per client and reports progress meanwhile; how long that took. */
    private Duration all(String what, List<Tasks.Work> tasks, long total) throws IOException {
        done.reset();
        long start = System.nanoTime();
        Tasks.all(
                tasks,
                PROGRESS_EVERY,
                () -> progress.printf(
                        "%s: %,d of %,d, %,.0f/s%n",
                        what, done.sum(), total, done.sum() / Moments.secondsSince(start)));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What each process has must be what the plain loop has. */
    private ReplayResult compared(int clients, Duration elapsed) throws IOException {
        PlainLoop expected = PlainLoop.over(ledger);
        Set<LedgerKey> keys = new TreeSet<>(expected.stock().keySet());
        List<String> mismatches = new ArrayList<>();
        long versions = 0;
        for (ReplayClient process : processes) {
            Map<LedgerKey, Stock> found = process.stock(ledger.stores()).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, each -> each.getValue().stock()));
            keys.addAll(found.keySet());
            mismatches.addAll(Held.differences("the plain loop", expected.stock(), "the service", found));
            versions = found.values().stream().mapToLong(Stock::version).sum();
        }
        return new ReplayResult(
                clients,
                ledger.lines().size(),
                elapsed,
                micros,
                refused.sum(),
                expected.refused(),
                versions,
                expected.versions(),
                keys.size(),
                mismatches,
                processes.stream().mapToLong(ReplayClient::retries).sum());
    }
}
