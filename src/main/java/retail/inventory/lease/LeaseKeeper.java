package retail.inventory.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.ProcessMutex;
import retail.inventory.lease.Claim.Place;
import retail.inventory.lease.LocalLease.Work;
import retail.inventory.process.Defects;
import retail.inventory.process.GuardedTask;

/**
 * The thread that works on lease files for all others: it takes all there is to do, enters the guard once for what needs it,
 * then answers. While this process has or wants anything it also looks around every few milliseconds.
 */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REST_FACTOR = 4; // looking takes a fifth of the time, unless at hundreds of files
    private static final long REST_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GUARD_LATE_MS = 1000;
    private static final long NOT_ENTERING = Long.MIN_VALUE;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final LocalLeases leases;
    private final LeaseProtocol protocol;
    private final Owners owners;
    private final ProcessMutex guard;
    private final Thread thread = Thread.ofPlatform()
            .name("lease-keeper")
            .daemon() // somebody who was stopped inside the guard must not keep this process from ending
            .unstarted(this::run);
    private final GuardedTask task = new GuardedTask("lease-keeper");
    private volatile String problem = "";
    private volatile long enteringSinceNanos = NOT_ENTERING;

    LeaseKeeper(LocalLeases leases, LeaseProtocol protocol, Owners owners, ProcessMutex guard) {
        this.leases = leases;
        this.protocol = protocol;
        this.owners = owners;
        this.guard = guard;
    }

    void start() {
        thread.start();
    }

    /** Why leases cannot be had; empty when they can. */
    String problem() {
        long since = enteringSinceNanos;
        long waitedMs = since == NOT_ENTERING ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        return waitedMs < GUARD_LATE_MS
                ? problem.isEmpty() ? task.problem() : problem
                : "another process has been inside the guard of the leases for " + waitedMs + " ms: has it stopped?";
    }

    /** Waits until everything is given away, once the leases are closed; whether it was. */
    boolean awaitEnd() {
        try {
            return thread.join(CLOSE_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        boolean last;
        do {
            last = leases.isClosed();
            if (!task.run(this::serveNext)) {
                leases.pauseUnlessClosed(REST_AFTER_FAILURE_NANOS);
            }
        } while (!last);
        try {
            guard.inside(() -> {
                owners.leave();
                return null;
            });
        } catch (IOException | RuntimeException e) {
            LOG.warn("The file of this process in the directory of leases could not be deleted: {}", e.toString());
        }
    }

    /** Whoever waits for what a defect broke off is told that it failed. */
    private void serveNext() {
        List<Work> batch = leases.next();
        try {
            serve(batch);
        } catch (RuntimeException | Error e) {
            Defects.caught(e);
            Map<LocalLease, Outcome> outcomes = new LinkedHashMap<>();
            batch.forEach(work -> outcomes.put(work.lease(), failed(work, e)));
            leases.apply(outcomes);
            report(outcomes.values());
        }
    }

    private void serve(List<Work> batch) {
        long began = System.nanoTime();
        Map<LocalLease, Outcome> outcomes = new LinkedHashMap<>();
        List<Work> forTheGuard = new ArrayList<>();
        for (Work work : batch) {
            attempt(() -> protocol.look(work), work)
                    .ifPresentOrElse(outcome -> outcomes.put(work.lease(), outcome), () -> forTheGuard.add(work));
        }
        long lookedNanos = System.nanoTime() - began;
        if (!forTheGuard.isEmpty()) {
            outcomes.putAll(settle(forTheGuard));
        }
        leases.apply(outcomes);
        leases.lookAgainAfter(Math.clamp(REST_FACTOR * lookedNanos, LOOK_EVERY_NANOS, LOOK_WITHIN_NANOS));
        report(outcomes.values());
    }

    private Map<LocalLease, Outcome> settle(List<Work> batch) {
        Map<LocalLease, Outcome> outcomes = new LinkedHashMap<>();
        enteringSinceNanos = System.nanoTime();
        try {
            guard.inside(() -> {
                enteringSinceNanos = NOT_ENTERING;
                for (Work work : batch) {
                    attempt(() -> Optional.of(protocol.settle(work)), work)
                            .ifPresent(outcome -> outcomes.put(work.lease(), outcome));
                }
                return null;
            });
        } catch (IOException | RuntimeException | Error e) {
            for (Work work : batch) {
                if (!outcomes.containsKey(work.lease())) {
                    outcomes.put(work.lease(), failed(work, e));
                }
            }
        }
        enteringSinceNanos = NOT_ENTERING;
        return outcomes;
    }

    private interface Attempt {
        Optional<Outcome> run() throws IOException;
    }

    private static Optional<Outcome> attempt(Attempt attempt, Work work) {
        try {
            return attempt.run();
        } catch (IOException | RuntimeException | Error e) {
            return Optional.of(failed(work, e));
        }
    }

    private static Outcome failed(Work work, Throwable cause) {
        if (cause instanceof Error) {
            Defects.caught(cause);
        }
        work.lease().claim().become(Place.OWNER_OR_UNKNOWN);
        return new Outcome.Failed("the directory of leases fails: " + cause);
    }

    /** Tells a failure once, however often it comes, and leaves the disk alone for a moment. */
    private void report(Collection<Outcome> outcomes) {
        String failure = "";
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Failed(String reason)) {
                failure = reason;
            }
        }
        if (failure.isEmpty()) {
            if (!problem.isEmpty() && outcomes.stream().anyMatch(LeaseKeeper::hasWritten)) {
                LOG.info("Leases can be had again");
                problem = "";
            }
            return;
        }
        if (!failure.equals(problem)) {
            LOG.error("Leases cannot be had: {}", failure);
        }
        problem = failure;
        leases.pauseUnlessClosed(REST_AFTER_FAILURE_NANOS);
    }

    /** Proves the directory; that a file is not there does not. */
    private static boolean hasWritten(Outcome outcome) {
        return outcome instanceof Outcome.Held || outcome instanceof Outcome.Waits;
    }
}
