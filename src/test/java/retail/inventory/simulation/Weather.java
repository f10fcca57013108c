package retail.inventory.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import retail.inventory.files.DiskHook;

/** How the disk does in one life: well, failing once, for a while, to the end, or now and then. */
final class Weather implements DiskHook {

    private static final int NOW_AND_THEN = 12;

    private final Random random;
    private final boolean nowAndThen;
    private final int from;
    private final int to;
    private int operations;

    private Weather(Random random, boolean nowAndThen, int from, int to) {
        this.random = random;
        this.nowAndThen = nowAndThen;
        this.from = from;
        this.to = to;
    }

    /** Nothing fails; other threads may go on at each operation. */
    static Weather fair(Random random) {
        return new Weather(random, false, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Anything, somewhere in about so many operations. */
    static Weather any(Random random, int operations) {
        int from = random.nextInt(operations);
        return switch (random.nextInt(6)) {
            case 0, 1 -> fair(random);
            case 2 -> new Weather(random, false, from, from + 1);
            case 3 -> new Weather(random, false, from, from + 1 + random.nextInt(20));
            case 4 -> new Weather(random, false, from, Integer.MAX_VALUE);
            default -> new Weather(random, true, from, Integer.MAX_VALUE);
        };
    }

    @Override
    public void before(Operation operation, Path file) throws IOException {
        SeededScheduler.point();
        int now = operations++;
        if (now >= from && now < to && (!nowAndThen || random.nextInt(NOW_AND_THEN) == 0)) {
            throw new IOException("injected: " + operation + " " + file);
        }
    }
}
