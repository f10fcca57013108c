package retail.inventory.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import retail.inventory.lab.Answer;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.ledger.FollowRun.Followed;

/** Compares, when all is quiet, what the stores hold with everything that was derived from it. */
final class FollowChecks {

    private final ServiceUnderTest service;
    private final long events;
    private final Verdict verdict;

    /** {@code events} is how many the log must have. */
    FollowChecks(ServiceUnderTest service, long events, Verdict verdict) {
        this.service = service;
        this.events = events;
        this.verdict = verdict;
    }

    void run(Iterable<String> stores, Followed followed) throws InterruptedException {
        try (ReplayClient api = new ReplayClient(service.api().uri());
                ReplayClient worker = new ReplayClient(service.worker().uri())) {
            ledger(followed.replayed(), api);
            List<FeedFollower> followers = followed.followers();
            for (int i = 0; i < followers.size(); i++) {
                feed("feed " + (i + 1), followers.get(i));
            }
            workers();
            Map<LedgerKey, Held> stock = stock(api, stores);
            central(stock, worker);
            for (int i = 0; i < followers.size(); i++) {
                Map<LedgerKey, Held> sum = followers.get(i).check().stock();
                verdict.check(
                        "sum of feed " + (i + 1),
                        Complaints.between("the stores", stock, "the feed", sum),
                        "%,d SKUs compared with the stores (qty, version, updatedAt)".formatted(stock.size()));
            }
            long letters = Held.number(Held.json(ok(worker.get("/dead-letters"))), "total");
            verdict.check("dead letters", letters == 0, "%,d".formatted(letters));
            audit(stock.size(), followed, worker);
            errors();
        }
    }

    private void ledger(ReplayResult replayed, ReplayClient api) throws InterruptedException {
        verdict.check(
                "ledger",
                replayed.ledgerOk(),
                "%,d lines at %,.0f lines/s; %,d SKUs compared with a plain loop, %,d differ"
                        .formatted(
                                replayed.lines(),
                                replayed.linesPerSecond(),
                                replayed.keysCompared(),
                                replayed.mismatches().size()));
        long durable = Held.number(Held.json(ok(api.get("/health/readiness"))), "durableSequence");
        verdict.check("log", durable == events, "ends at %,d, expected %,d".formatted(durable, events));
    }

    private void feed(String what, FeedFollower follower) {
        verdict.check(
                what,
                follower.check().complaints(),
                "followed %,d events, %,d wrong"
                        .formatted(
                                follower.position(),
                                follower.check().complaints().count()));
        verdict.note(
                "",
                "cut %,d times by itself, %,d by kills, %,d otherwise"
                        .formatted(follower.cutsByItself(), follower.cutsByKills(), follower.cutsOtherwise()));
    }

    private void workers() {
        List<ServiceProcess> workers = service.workers();
        if (workers.getLast() == service.api()) {
            verdict.skip("kills", "one process does all");
            return;
        }
        verdict.note("kills", "%,d".formatted(workers.size() - 1));
        verdict.note(
                "workers ready after",
                workers.stream().map(each -> seconds(each.readyAfter())).collect(Collectors.joining(", ")));
    }

    private void central(Map<LedgerKey, Held> stock, ReplayClient worker) throws InterruptedException {
        CentralStock central = CentralStock.parse(ok(worker.get("/central/inventory?minSequence=" + events)));
        Complaints differences = Complaints.between("the stores", stock, "the central view", central.stock());
        if (central.sequence() != events) {
            differences.add("The central view is at %d, expected %d.".formatted(central.sequence(), events));
        }
        verdict.check(
                "central view",
                differences,
                "%,d SKUs compared with the stores (qty, version, updatedAt), %,d differ"
                        .formatted(stock.size(), differences.count()));
    }

    private void audit(int keys, Followed followed, ReplayClient worker) throws InterruptedException {
        Optional<Audit> audit = Audit.after(followed.writesEnded(), worker);
        if (audit.isEmpty()) {
            verdict.skip("audit", "the service has none");
            return;
        }
        Audit pass = audit.get();
        verdict.check(
                "audit",
                pass.mismatches() == 0 && pass.checked() == keys,
                "%,d checked, %,d mismatches, at %s".formatted(pass.checked(), pass.mismatches(), pass.at()));
    }

    private void errors() {
        Complaints errors = new Complaints();
        service.errors().forEach(errors::add);
        verdict.check("errors in the logs", errors, "%,d".formatted(errors.count()));
    }

    private static Map<LedgerKey, Held> stock(ReplayClient api, Iterable<String> stores) throws InterruptedException {
        Map<LedgerKey, Held> stock = new TreeMap<>();
        for (String store : stores) {
            api.stock(store).forEach((sku, held) -> stock.put(new LedgerKey(store, sku), held));
        }
        return stock;
    }

    private static String ok(Answer answer) {
        if (answer.status() != 200) {
            throw new ReplayException("Answered by %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer.body();
    }

    private static String seconds(Optional<Duration> took) {
        return took.map(each -> "%.1f s".formatted(each.toMillis() / 1000.0)).orElse("killed before");
    }
}
