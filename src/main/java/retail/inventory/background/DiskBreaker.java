package retail.inventory.background;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.process.Defects;

/**
 * A circuit breaker around one kind of work on the disk: when the work keeps failing it is not tried for a while, then
 * once, to see. Only the disk's failures count; what a client asks for never opens it. Safe for use by several threads.
 */
public final class DiskBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(DiskBreaker.class);

    private final CircuitBreaker breaker;
    private final @Nullable Retries patience;

    DiskBreaker(CircuitBreaker breaker, @Nullable Retries patience) {
        this.breaker = breaker;
        this.patience = patience;
    }

    /** Work on the disk. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** Whether work is tried. */
    public enum State {
        /** It is. */
        CLOSED,
        /** It is not, for it kept failing. */
        OPEN,
        /** It is tried once, to see. */
        HALF_OPEN
    }

    /** The work was not tried, for it kept failing; it is again after a while. */
    public static final class OpenException extends IOException {
        private static final long serialVersionUID = 1;

        private OpenException(String name) {
            super("the circuit breaker " + name + " is open: the disk kept failing and is tried again in a while");
        }
    }

    /**
     * Does the work, again with growing pauses when the disk fails and this breaker's work may be repeated.
     *
     * @throws OpenException when it was not tried
     * @throws IOException when it failed in the end
     */
    public void run(Work work) throws IOException {
        if (!breaker.tryAcquirePermission()) {
            throw new OpenException(breaker.getName());
        }
        long start = breaker.getCurrentTimestamp();
        try {
            if (patience == null) {
                work.run();
            } else {
                patience.with(() -> {
                    work.run();
                    return null;
                });
            }
        } catch (IOException | RuntimeException | Error e) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
            throw e;
        }
        try {
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
        } catch (RuntimeException | Error notCounted) { // the work is done, and whoever hears otherwise would undo it
            Defects.caught(notCounted);
            LOG.error("The circuit breaker {} could not count a success", breaker.getName(), notCounted);
            breaker.reset();
        }
    }

    /** Whether work is tried now. */
    public State state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
        };
    }
}
