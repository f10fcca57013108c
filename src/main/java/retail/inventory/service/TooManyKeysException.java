package retail.inventory.service;

import java.util.concurrent.TimeUnit;

/** An identity has as many idempotency keys as one may have; nothing was changed, and others go on. */
public final class TooManyKeysException extends RuntimeException {

    private final long retryAfterSeconds;

    /**
     * One for an identity.
     *
     * @param most how many it may have
     * @param oldestLeftNanos how long the oldest of them is remembered yet
     */
    TooManyKeysException(long most, long oldestLeftNanos) {
        super("this identity has " + most + " idempotency keys that are remembered, and none may have more");
        this.retryAfterSeconds = Math.max(1, Math.ceilDiv(oldestLeftNanos, TimeUnit.SECONDS.toNanos(1)));
    }

    /** When the oldest of them ends, in whole seconds. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
