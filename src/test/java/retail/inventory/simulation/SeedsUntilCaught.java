package retail.inventory.simulation;

import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The experiment on planted bugs: seeds, one after the other, until one fails. Gives what the first of those says; null
 * when none does.
 */
final class SeedsUntilCaught implements Callable<@Nullable String> {

    private static final int SEEDS_MAX = 2000;

    private final AtomicLong seeds = new AtomicLong();
    private final NavigableMap<Long, String> caught = new ConcurrentSkipListMap<>();

    @Override
    public @Nullable String call() {
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(processor -> run());
        return caught.isEmpty() ? null : caught.firstEntry().getValue();
    }

    private void run() {
        for (long seed = seeds.incrementAndGet();
                seed <= SEEDS_MAX && caught.isEmpty();
                seed = seeds.incrementAndGet()) {
            try {
                Simulation.Outcome _ = Simulation.run(seed);
            } catch (AssertionError e) {
                caught.put(seed, String.valueOf(e.getMessage()));
            }
        }
    }
}
