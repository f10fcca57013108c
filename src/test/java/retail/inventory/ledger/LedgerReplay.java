package retail.inventory.ledger;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import retail.inventory.ledger.ReplayRun.Tally;

/**
 * A program that replays a ledger against a running service and says whether the service ended where a plain loop does.
 *
 * <p>Needs no build: {@code java src/test/java/retail/inventory/ledger/LedgerReplay.java --base-url
 * http://127.0.0.1:3000 --file retail-ledger.csv.gz --lines 60000 --clients 32}.
 */
public final class LedgerReplay {

    private LedgerReplay() {}

    /** Exits with 0 when the ledger is equal, 1 when it differs or the replay could not go on, 2 on bad arguments. */
    public static void main(String[] args) {
        System.exit(exitStatus(args, System.out, System.err));
    }

    static int exitStatus(String[] args, PrintStream out, PrintStream err) {
        ReplaySettings settings;
        try {
            settings = ReplaySettings.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(ReplaySettings.USAGE);
            return 2;
        }
        try {
            ReplayResult result = run(settings, out);
            result.print(out);
            return result.ledgerOk() ? 0 : 1;
        } catch (ReplayException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    /**
     * Replays the ledger and compares; throws {@link ReplayException} when no verdict can be reached.
     *
     * @param progress gets a line every two seconds
     */
    public static ReplayResult run(ReplaySettings settings, PrintStream progress) {
        Ledger ledger = Ledger.read(settings.file(), settings.lines(), settings.storePrefix());
        List<ReplayClient> clients =
                settings.baseUrls().stream().map(ReplayClient::new).toList();
        try {
            for (ReplayClient client : clients) {
                client.requireReachable();
                requireNoStock(client, ledger);
            }
            Tally tally = new ReplayRun(progress).send(ClientShare.of(ledger, settings.clients()), clients);
            List<Map<LedgerKey, Stock>> found = new ArrayList<>();
            for (ReplayClient client : clients) {
                found.add(stock(client, ledger));
            }
            return compared(ledger, tally, settings.clients(), clients, found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("The replay was interrupted.", e);
        } finally {
            clients.forEach(ReplayClient::close);
        }
    }

    private static void requireNoStock(ReplayClient client, Ledger ledger) throws InterruptedException {
        for (String store : ledger.stores()) {
            if (!client.stock(store).isEmpty()) {
                throw new ReplayException(
                        "Store %s has records already: choose another --store-prefix.".formatted(store));
            }
        }
    }

    private static Map<LedgerKey, Stock> stock(ReplayClient client, Ledger ledger) throws InterruptedException {
        Map<LedgerKey, Stock> stock = new TreeMap<>();
        for (String store : ledger.stores()) {
            client.stock(store).forEach((sku, held) -> stock.put(new LedgerKey(store, sku), held.stock()));
        }
        return stock;
    }

    /** What each process has must be what the plain loop has. */
    private static ReplayResult compared(
            Ledger ledger, Tally tally, int senders, List<ReplayClient> clients, List<Map<LedgerKey, Stock>> found) {
        PlainLoop expected = PlainLoop.over(ledger);
        TreeSet<LedgerKey> keys = new TreeSet<>(expected.stock().keySet());
        found.forEach(of -> keys.addAll(of.keySet()));
        List<String> mismatches = new ArrayList<>();
        for (Map<LedgerKey, Stock> of : found) {
            for (LedgerKey key : keys) {
                Stock must = expected.stock().getOrDefault(key, Stock.NONE);
                Stock is = of.getOrDefault(key, Stock.NONE);
                if (!must.equals(is)) {
                    mismatches.add("%s: %s, expected %s".formatted(key, is, must));
                }
            }
        }
        return new ReplayResult(
                senders,
                ledger.lines().size(),
                tally.elapsed(),
                tally.micros(),
                tally.refused(),
                expected.refused(),
                found.getFirst().values().stream().mapToLong(Stock::version).sum(),
                expected.versions(),
                keys.size(),
                mismatches,
                clients.stream().mapToLong(ReplayClient::retries).sum());
    }
}
