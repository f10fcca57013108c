package retail.inventory.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Time as chance would have it: looking at the clock may make it a little later, and is where others may go on. Somebody may
 * set it; elapsed time goes on as if nobody had. Safe for use by several threads.
 */
final class SimClock extends Clock {

    private static final int STEP_MS_MAX = 3;

    private final Random random;
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private Duration leapt = Duration.ZERO;
    private int sets;
    private Instant latest = now;

    SimClock(Random random) {
        this.random = random;
    }

    @Override
    public Instant instant() {
        SeededScheduler.point();
        return next();
    }

    private synchronized Instant next() {
        now = now.plusMillis(random.nextInt(STEP_MS_MAX + 1));
        Instant shown = now.plus(leapt);
        latest = shown.isAfter(latest) ? shown : latest;
        return shown;
    }

    /** What it shows, for whoever has no part in the run. */
    synchronized Moment moment() {
        return new Moment(now.plus(leapt), sets, latest);
    }

    synchronized long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
    }

    /** Sets the clock, to so much more or less than it is right. */
    synchronized void leap(Duration wrongBy) {
        leapt = wrongBy;
        sets++;
    }

    /** The same without the leaps. */
    Clock neverSet() {
        return new Clock() {
            @Override
            public Instant instant() {
                return SimClock.this.instant().minus(leapt);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
