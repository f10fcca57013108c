package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long this process goes on with the lease while others wait for it. Of the keeper's thread only. */
final class Turn {

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Who has had nothing to do for so long gives way to those who wait: a thread that was answered may come again. */
    private static final long IDLE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Looks are frequent then, but most of them are at what this process is doing and ask no file. */
    private static final long LOOK_WHEN_WAITED_FOR_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    private static final int LOOKS_FOR_EACH_READ = (int) (LOOK_NANOS / LOOK_WHEN_WAITED_FOR_NANOS);

    private final LongSupplier nanoTime;
    private boolean waitedFor;
    private long waitedForSinceNanos;
    private int looks;

    Turn(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A period begins; when it was another's before, that one is likely to come again. */
    void begin(boolean contended) {
        waitedFor = contended;
        waitedForSinceNanos = nanoTime.getAsLong();
        looks = 0;
    }

    /** When to look again at the latest, if nobody comes or goes. */
    long restNanos() {
        return waitedFor ? LOOK_WHEN_WAITED_FOR_NANOS : LOOK_NANOS;
    }

    /** Whether this look has to be at the file. */
    boolean isToRead() {
        return !waitedFor || looks++ % LOOKS_FOR_EACH_READ == 0;
    }

    /** What the file says. */
    void read(boolean othersWait) {
        if (othersWait && !waitedFor) {
            waitedForSinceNanos = nanoTime.getAsLong();
        }
        waitedFor = othersWait;
    }

    /** Whether others wait and it is their turn. */
    boolean isOver(Period period) {
        return waitedFor && (period.isIdleFor(IDLE_NANOS) || nanoTime.getAsLong() - waitedForSinceNanos >= TURN_NANOS);
    }
}
