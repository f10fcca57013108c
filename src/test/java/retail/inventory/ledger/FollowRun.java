package retail.inventory.ledger;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The replay, those who follow it and those who disturb it, all at once. */
final class FollowRun {

    private static final int FOLLOWERS = 2;
    /** So that a follower cuts its connection about forty times, whatever the ledger's length. */
    private static final int CONNECTIONS_MIN = 20;

    private static final long PROGRESS_SECONDS = 2;
    private static final Duration STANDSTILL_MAX = Duration.ofMinutes(2);

    private final ServiceUnderTest service;
    private final FollowSettings settings;
    private final PrintStream progress;
    private final List<FeedFollower> followers;
    private final long events;
    private long seen;
    private long seenNanos = System.nanoTime();

    /** What came of it; {@code writesEnded} is a time after the last write was answered. */
    record Followed(ReplayResult replayed, Instant writesEnded, List<FeedFollower> followers) {}

    /** One that has not begun; {@code events} is how many the log will have in the end. */
    FollowRun(ServiceUnderTest service, FollowSettings settings, long events, PrintStream progress) {
        this.service = service;
        this.settings = settings;
        this.progress = progress;
        this.events = events;
        this.followers = Stream.generate(() -> new FeedFollower(
                        () -> FeedSource.of(service.worker()), events, Math.max(1, events / CONNECTIONS_MIN)))
                .limit(FOLLOWERS)
                .toList();
    }

    /** Returns when all is written, followed and killed that shall be; the first failure ends it. */
    Followed run() throws InterruptedException {
        List<Followed> replayed = new ArrayList<>();
        List<Callable<String>> tasks = new ArrayList<>();
        tasks.add(() -> {
            ReplayResult result = LedgerReplay.run(settings.replay(service.api().uri()), progress);
            replayed.add(new Followed(result, Instant.now(), followers));
            return "all lines are decided and compared";
        });
        if (settings.kills() > 0) {
            tasks.add(() -> {
                new WorkerKills(service, progress).run(settings.kills(), events);
                return "all kills are done";
            });
        }
        for (FeedFollower follower : followers) {
            tasks.add(() -> {
                follower.run();
                return "a follower has all events";
            });
        }
        // Daemons: a read from a socket does not end by an interrupt, and shall not keep the program from ending.
        ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
        try {
            awaitAll(new ExecutorCompletionService<>(executor), tasks);
        } finally {
            executor.shutdownNow();
        }
        return replayed.getFirst();
    }

    private void awaitAll(CompletionService<String> finished, List<Callable<String>> tasks)
            throws InterruptedException {
        tasks.forEach(finished::submit);
        for (int left = tasks.size(); left > 0; ) {
            Future<String> next = finished.poll(PROGRESS_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                report();
                continue;
            }
            try {
                progress.println(next.get());
                left--;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof ReplayException known
                        ? known
                        : new ReplayException("A part of the run failed: " + e.getCause(), e);
            }
        }
    }

    private void report() {
        service.requireAlive();
        List<Long> positions = followers.stream().map(FeedFollower::position).toList();
        progress.printf(
                "followed: %s of %,d events%n",
                positions.stream().map("%,d"::formatted).collect(Collectors.joining(" and ")), events);
        long sum = positions.stream().mapToLong(Long::longValue).sum();
        if (sum != seen) {
            seen = sum;
            seenNanos = System.nanoTime();
        } else if (sum < events * followers.size() && System.nanoTime() - seenNanos > STANDSTILL_MAX.toNanos()) {
            throw new ReplayException("The followers stand still at %s, the last failures: %s."
                    .formatted(
                            positions,
                            followers.stream().map(FeedFollower::lastFailure).toList()));
        }
    }
}
