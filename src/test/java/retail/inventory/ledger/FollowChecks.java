package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import tools.jackson.databind.JsonNode;

/** Compares, when all is quiet, what the stores hold with everything that was derived from it. */
final class FollowChecks {

    private static final Duration AUDIT_MAX = Duration.ofMinutes(3);

    private final ApiAndWorker service;
    private final long events;
    private final Findings findings;
    private final PrintStream out;

    /** {@code events} is how many the log must have. */
    FollowChecks(ApiAndWorker service, long events, Findings findings, PrintStream out) {
        this.service = service;
        this.events = events;
        this.findings = findings;
        this.out = out;
    }

    void run(Iterable<String> stores, ReplayResult replayed, List<FeedFollower> followers, Instant writesEnded)
            throws IOException {
        try (ReplayClient api = new ReplayClient(service.api().uri());
                ReplayClient worker = new ReplayClient(service.worker().uri())) {
            findings.check("ledger", () -> ledger(replayed));
            findings.check("log", () -> log(FollowRun.durable(api)));
            tellOfWorkers();
            Map<LedgerKey, Held> stock = api.stock(stores);
            findings.check("central view", () -> central(stock, worker));
            for (int i = 0; i < followers.size(); i++) {
                FeedFollower follower = followers.get(i);
                findings.check("feed " + (i + 1), () -> feed(follower));
                findings.check("sum of feed " + (i + 1), () -> sum(stock, follower));
            }
            findings.check("dead letters", () -> deadLetters(worker));
            findings.check("audit", () -> audit(stock.size(), writesEnded, worker));
            findings.check("errors in the logs", this::errors);
        }
    }

    private String ledger(ReplayResult replayed) {
        require(replayed.ledgerOk(), "the ledger differs");
        return "%,d lines at %,.0f lines/s; %,d SKUs compared with a plain loop, %,d differ"
                .formatted(
                        replayed.lines(),
                        replayed.linesPerSecond(),
                        replayed.keysCompared(),
                        replayed.mismatches().size());
    }

    private String log(long durable) {
        require(durable == events, "the log ends at " + durable);
        return "ends at %,d, expected %,d".formatted(durable, events);
    }

    private void tellOfWorkers() {
        out.printf("%-8s %-22s %,d%n", "", "kills", service.workers().size() - 1);
        String seconds = service.workers().stream()
                .map(each -> each.readyAfter()
                        .map(after -> "%.1f s".formatted(after.toMillis() / 1000.0))
                        .orElse("killed before"))
                .collect(Collectors.joining(", "));
        out.printf("%-8s %-22s %s%n", "", "workers ready after", seconds);
    }

    private String feed(FeedFollower follower) {
        long wrong = follower.check().wrong();
        require(wrong == 0, "a feed was wrong");
        return "followed %,d events, %,d wrong; %s".formatted(follower.position(), wrong, follower.cuts());
    }

    private String sum(Map<LedgerKey, Held> stock, FeedFollower follower) {
        int different = differences(stock, "the feed", follower.check().stock());
        return "%,d SKUs compared with the stores (qty, version, updatedAt), %,d differ"
                .formatted(stock.size(), different);
    }

    private String central(Map<LedgerKey, Held> stock, ReplayClient worker) {
        JsonNode view =
                ok(worker.get("/central/inventory?minSequence=" + events)).json();
        long sequence = Answer.number(view.path("asOf"), "sequence");
        require(sequence == events, "the central view is at " + sequence + ", expected " + events);
        int different = differences(stock, "the central view", centralStock(view));
        return "%,d SKUs compared with the stores (qty, version, updatedAt), %,d differ"
                .formatted(stock.size(), different);
    }

    /** Everything the central view holds. */
    static Map<LedgerKey, Held> centralStock(JsonNode view) {
        Map<LedgerKey, Held> stock = new TreeMap<>();
        members(view.path("inventory"))
                .forEach((store, skus) ->
                        members(skus).forEach((sku, held) -> stock.put(new LedgerKey(store, sku), Held.of(held))));
        return stock;
    }

    private static Map<String, JsonNode> members(JsonNode json) {
        if (!json.isObject()) {
            throw new ReplayException("This is no part of a central inventory: " + json);
        }
        return json.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String deadLetters(ReplayClient worker) {
        long letters = ok(worker.get("/dead-letters")).number("total");
        require(letters == 0, "there are dead letters");
        return "%,d".formatted(letters);
    }

    /** Waits for a pass of the service's own comparison that saw nothing but what was there when the writes had ended. */
    private String audit(int keys, Instant writesEnded, ReplayClient worker) throws IOException {
        AtomicReference<JsonNode> pass =
                new AtomicReference<>(ok(worker.get("/audit")).json());
        AtomicReference<String> first = new AtomicReference<>("");
        boolean complete = Moments.within(AUDIT_MAX, () -> {
            pass.set(ok(worker.get("/audit")).json());
            String at = pass.get().path("at").asString("");
            // A pass that ended after that time may have begun before it; the next one has not.
            return !at.isEmpty()
                    && Instant.parse(at).isAfter(writesEnded)
                    && !first.compareAndSet("", at)
                    && !first.get().equals(at);
        });
        long checked = Answer.number(pass.get(), "checked");
        long mismatches = Answer.number(pass.get(), "mismatches");
        require(complete && mismatches == 0 && checked == keys, "the audit says " + pass);
        return "%,d checked, %,d mismatches, at %s"
                .formatted(checked, mismatches, pass.get().path("at").asString());
    }

    private String errors() {
        List<String> errors = service.errors();
        errors.forEach(error -> findings.add(Kind.OTHER, error));
        return "%,d".formatted(errors.size());
    }

    private int differences(Map<LedgerKey, Held> stock, String other, Map<LedgerKey, Held> otherStock) {
        List<String> differences = Held.differences("the stores", stock, other, otherStock);
        differences.forEach(each -> findings.add(Kind.OTHER, each));
        return differences.size();
    }

    private void require(boolean holds, String otherwise) {
        findings.require(holds, Kind.OTHER, otherwise);
    }

    private static Answer ok(Answer answer) {
        if (answer.status() != 200) {
            throw new ReplayException("Answered by " + answer);
        }
        return answer;
    }
}
