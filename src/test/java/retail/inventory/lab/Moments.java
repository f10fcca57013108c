package retail.inventory.lab;

import java.io.IOException;
import java.time.Duration;

/** Waits, as a client does that looks again and again. */
public final class Moments {

    private static final long LOOK_EVERY_MS = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private Moments() {}

    /** What a look tells. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Whether something becomes true in time. */
    public static boolean within(Duration max, Condition condition) throws IOException {
        long end = System.nanoTime() + max.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(LOOK_EVERY_MS);
        }
        return true;
    }

    public static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    public static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
    }
}
