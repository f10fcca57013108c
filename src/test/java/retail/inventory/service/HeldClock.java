package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when it is told to, and elapsed time, which goes on with it but does not follow its leaps. */
final class HeldClock implements InstantSource {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    /** Elapsed time starts anywhere; here it overflows soon. */
    private static final long NANOS_AT_START = Long.MAX_VALUE - 1000;

    private volatile Duration elapsed = Duration.ZERO;
    private volatile Duration leapt = Duration.ZERO;

    @Override
    public Instant instant() {
        return START.plus(elapsed).plus(leapt);
    }

    long nanoTime() {
        return NANOS_AT_START + elapsed.toNanos();
    }

    /** So much time has passed since the start. */
    void shows(Duration sinceStart) {
        elapsed = sinceStart;
    }

    void passes(Duration time) {
        elapsed = elapsed.plus(time);
    }

    /** Somebody sets the clock: no time has passed. */
    void leaps(Duration by) {
        leapt = leapt.plus(by);
    }
}
