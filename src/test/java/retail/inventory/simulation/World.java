package retail.inventory.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import retail.inventory.central.PoisonedCopy;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.stock.StockKey;

/**
 * What the processes of one run have in common, and who remembers them.
 *
 * @param holds whether somebody asks for holds, ends of them are written down, and the clock is set meanwhile
 */
record World(
        Random random,
        SimClock clock,
        Oracle oracle,
        CentralOracle central,
        List<StockKey> keys,
        Callers callers,
        boolean holds,
        FileEventLog.Options options) {

    private static final List<StockKey> KEYS = List.of(
            new StockKey("A", "one"),
            new StockKey("B", "one"),
            new StockKey("B", PoisonedCopy.POISON),
            new StockKey("C", "x/\"\\y\ufb00"),
            new StockKey("A", "\ud83d\udc55 two"));

    /** As chance would have it; with holds or without. */
    static World of(Random random, boolean holds) {
        List<StockKey> keys = KEYS.subList(0, 1 + random.nextInt(KEYS.size()));
        Duration archiveKeep = random.nextBoolean() ? null : Duration.ZERO;
        SimClock clock = new SimClock(random);
        return new World(
                random,
                clock,
                new Oracle(clock::moment),
                new CentralOracle(),
                keys,
                new Callers(random, keys, holds ? new HoldRequests(random, keys) : null),
                holds,
                Surroundings.options(300 + random.nextInt(3000), archiveKeep, 0));
    }
}
