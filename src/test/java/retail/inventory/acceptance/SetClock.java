package retail.inventory.acceptance;

import java.time.Instant;
import java.time.InstantSource;

/** A clock of a service that shows what its test sets; each test class has its own, as several run at a time. */
final class SetClock implements InstantSource {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.000Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /** A service with this clock. */
    RunningService service() {
        return new RunningService(
                new HeldClock.Installer(this),
                "--inventory.admission.rate-limit-rps=0",
                "--inventory.admission.load-shed-queue-max=1000");
    }

    /** It is so long after the start. */
    void shows(long millis) {
        now = START.plusMillis(millis);
    }
}
