package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Tasks;

/** The replay, those who follow it and the kills of the worker, all at once; when all is quiet, the comparison. */
final class FollowRun {

    private static final int FOLLOWERS = 2;
    /** So that a follower cuts its connection about forty times, whatever the ledger's length. */
    private static final int CONNECTIONS_MIN = 20;

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);
    private static final double STANDSTILL_SECONDS_MAX = 120;
    private static final long LOOK_EVERY_MS = 50;
    private static final int SERVE_MAX_MS = 1_500;
    /** One kill in so many does not wait until the worker is ready. */
    private static final int ONE_IN = 4;

    private final ApiAndWorker service;
    private final Ledger ledger;
    private final Findings findings;
    private final PrintStream out;
    /** How long the log must be: every accepted write is one event and one version, as the plain loop counts them. */
    private final long events;

    private final List<FeedFollower> followers;
    private long seen;
    private long seenNanos = System.nanoTime();

    FollowRun(ApiAndWorker service, Ledger ledger, Findings findings, PrintStream out) {
        this.service = service;
        this.ledger = ledger;
        this.findings = findings;
        this.out = out;
        this.events = PlainLoop.over(ledger).versions();
        this.followers =
                IntStream.rangeClosed(1, FOLLOWERS).mapToObj(this::follower).toList();
    }

    private FeedFollower follower(int number) {
        FeedCheck check = new FeedCheck(complaint -> findings.add(Kind.OTHER, "feed " + number + ": " + complaint));
        return new FeedFollower(service::feed, events, Math.max(1, events / CONNECTIONS_MIN), check);
    }

    /** Returns when all is written, followed, killed and compared; the first failure ends it. */
    void run(int kills) throws IOException {
        List<ReplayResult> replayed = new ArrayList<>();
        List<Tasks.Work> tasks = new ArrayList<>();
        tasks.add(() -> {
            replayed.add(Replay.of(ledger, List.of(service.api().uri()), LedgerReplay.CLIENTS, out));
            out.println("all lines are decided and compared");
        });
        tasks.add(() -> kill(kills));
        followers.forEach(follower -> tasks.add(() -> {
            follower.run();
            out.println("a follower has all events");
        }));
        Tasks.all(tasks, PROGRESS_EVERY, this::report);
        Instant writesEnded = Instant.now();
        replayed.getFirst().tell(findings, out);
        new FollowChecks(service, events, findings, out)
                .run(ledger.stores(), replayed.getFirst(), followers, writesEnded);
    }

    /** Kills the worker at a random moment of each share of the events: at times while it starts, mostly while it serves. */
    private void kill(int kills) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try (ReplayClient api = new ReplayClient(service.api().uri())) {
            for (int kill = 1; kill <= kills; kill++) {
                long moment = (long) ((kill - 1 + random.nextDouble()) * events / kills);
                while (durable(api) < moment) {
                    Moments.pause(LOOK_EVERY_MS);
                }
                if (random.nextInt(ONE_IN) > 0) {
                    URI _ = service.worker().uri();
                    Moments.pause(random.nextInt(SERVE_MAX_MS));
                }
                service.requireAlive();
                long at = durable(api);
                boolean served = service.worker().uriIfReady().isPresent();
                service.killWorker();
                out.printf(
                        "kill %d of %d: the worker %s, the log at %,d of %,d%n",
                        kill, kills, served ? "while it served" : "before it was ready", at, events);
            }
        }
    }

    static long durable(ReplayClient api) {
        return api.get("/health/readiness").number("durableSequence");
    }

    private void report() {
        service.requireAlive();
        List<Long> positions = followers.stream().map(FeedFollower::position).toList();
        out.printf(
                "followed: %s of %,d events%n",
                positions.stream().map("%,d"::formatted).collect(Collectors.joining(" and ")), events);
        long sum = positions.stream().mapToLong(Long::longValue).sum();
        if (sum != seen) {
            seen = sum;
            seenNanos = System.nanoTime();
        } else if (sum < events * FOLLOWERS && Moments.secondsSince(seenNanos) > STANDSTILL_SECONDS_MAX) {
            throw new ReplayException("The followers stand still at %s, the last failures: %s."
                    .formatted(
                            positions,
                            followers.stream().map(FeedFollower::lastFailure).toList()));
        }
    }
}
