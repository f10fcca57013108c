package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.simulation.Faults.Place;
import retail.inventory.simulation.Faults.Span;

/**
 * Every disk operation of a run fails, one after the other: once, and together with all of its kind for a while or to
 * the end. Nothing is acknowledged that a power cut can take back, reads go on, writes are refused only when the log is
 * concerned, and everything goes on by itself when the disk is well again.
 */
@Isolated("a lock shared with other tests would decide what only a seed may")
@ExtendWith(ExpectedErrors.class)
class FaultSweepTest {

    private static final List<String> ERRORS = List.of("Input/output error", "No space left on device");

    private static final Set<Place> EVERYWHERE =
            Set.of(Place.LOG, Place.INVENTORY_FILES, Place.SNAPSHOTS, Place.COMPACTION);

    /** What has to be reached besides, or the sweep proves nothing. */
    private static final Map<Operation, Set<Place>> REACHED = Map.of(
            Operation.OPEN, Set.of(Place.DEAD_LETTERS),
            Operation.WRITE, Set.of(Place.DEAD_LETTERS, Place.MARK),
            Operation.FORCE, Set.of(Place.DEAD_LETTERS),
            Operation.RENAME, Set.of(),
            Operation.SYNC, Set.of(Place.DEAD_LETTERS),
            Operation.DELETE, Set.of());

    static List<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (Operation kind : Operation.values()) {
            ERRORS.forEach(error -> all.add(Arguments.of(kind, error)));
        }
        return all;
    }

    @ParameterizedTest
    @Timeout(120)
    @MethodSource("faults")
    void survivesEveryFault(Operation kind, String error) throws IOException {
        for (Span span : Span.values()) {
            Map<Place, Integer> injected = new EnumMap<>(Place.class);
            int nth = 1;
            while (reaches(new Faults(kind, error, nth, span), nth, injected)) {
                nth++;
            }
            assertThat(injected.keySet())
                    .as("places where the sweep came by, " + span)
                    .containsAll(EVERYWHERE)
                    .containsAll(REACHED.getOrDefault(kind, Set.of()));
            assertThat(injected.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThanOrEqualTo(nth - 1);
        }
    }

    private static boolean reaches(Faults faults, int nth, Map<Place, Integer> injected) throws IOException {
        try {
            new FaultedRun(faults).run(new Random(nth));
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("with " + faults, e);
        }
        faults.injected().forEach((place, times) -> injected.merge(place, times, Integer::sum));
        return !faults.injected().isEmpty();
    }
}
