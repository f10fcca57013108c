package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when it is told to. */
final class HeldClock implements InstantSource {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void shows(Instant instant) {
        now = instant;
    }

    void shows(Duration sinceStart) {
        shows(START.plus(sinceStart));
    }
}
