package retail.inventory.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.ProcessMutex;
import retail.inventory.process.Defects;
import retail.inventory.process.GuardedTask;

/** The thread that works on the lease file for all others. While this process has or wants the lease it looks all the time. */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final long REST_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GUARD_LATE_MS = 1000;
    private static final long NOT_ENTERING = Long.MIN_VALUE;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Wanted wanted;
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

    LeaseKeeper(Wanted wanted, LeaseProtocol protocol, Owners owners, ProcessMutex guard) {
        this.wanted = wanted;
        this.protocol = protocol;
        this.owners = owners;
        this.guard = guard;
    }

    void start() {
        thread.start();
    }

    /** Why the lease cannot be had; empty when it can. */
    String problem() {
        long since = enteringSinceNanos;
        long waitedMs = since == NOT_ENTERING ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        return waitedMs < GUARD_LATE_MS
                ? problem.isEmpty() ? task.problem() : problem
                : "another process has been inside the guard of the lease for " + waitedMs + " ms: has it stopped?";
    }

    /** Waits until the lease is given away, once nobody wants it any more; whether it was. */
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
            wanted.rest(protocol.restNanos());
            last = wanted.isClosed();
            if (!task.run(this::serve)) {
                wanted.pauseUnlessClosed(REST_AFTER_FAILURE_NANOS);
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

    private void serve() {
        try {
            if (protocol.look()) {
                enteringSinceNanos = System.nanoTime();
                boolean written = guard.inside(() -> {
                    enteringSinceNanos = NOT_ENTERING;
                    return protocol.settle();
                });
                if (written && !problem.isEmpty()) {
                    LOG.info("The lease can be taken again");
                    problem = "";
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        } finally {
            enteringSinceNanos = NOT_ENTERING;
        }
    }

    /** Refuses whoever waits, tells a failure once, however often it comes, and leaves the disk alone for a moment. */
    private void failed(Throwable cause) {
        if (cause instanceof Error) {
            Defects.caught(cause);
        }
        protocol.failed();
        String failure = "the directory of leases fails: " + cause;
        wanted.fail(failure);
        if (!failure.equals(problem)) {
            LOG.error("The lease cannot be taken: {}", failure);
        }
        problem = failure;
        wanted.pauseUnlessClosed(REST_AFTER_FAILURE_NANOS);
    }
}
