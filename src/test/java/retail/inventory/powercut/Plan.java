package retail.inventory.powercut;

import java.util.Random;

/**
 * When the service shall end, and how slow its disk is until then.
 *
 * @param starting whether it ends in its start, before anybody can ask it anything
 * @param afterMs after its launch when it is starting, else after the first acknowledgements
 * @param syncDelayMs how much longer each sync takes; 0 for no longer
 */
record Plan(boolean starting, int afterMs, int syncDelayMs) {

    private static final int LOAD_MAX_MS = 2_000;
    private static final int SLOW_LOAD_MAX_MS = 2_500;
    private static final int SYNC_DELAY_MIN_MS = 20;
    private static final int SYNC_DELAY_MAX_MS = 300;

    /** A seventh of them in a start; half of them slow, where that can be done. */
    static Plan random(Random random, int startMs, boolean maySlow) {
        int delay = maySlow && random.nextBoolean() ? random.nextInt(SYNC_DELAY_MIN_MS, SYNC_DELAY_MAX_MS) : 0;
        boolean starting = random.nextInt(7) == 0;
        int max = starting ? startMs : delay > 0 ? SLOW_LOAD_MAX_MS : LOAD_MAX_MS;
        return new Plan(starting, random.nextInt(max), delay);
    }

    boolean slow() {
        return syncDelayMs > 0;
    }
}
