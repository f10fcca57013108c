package retail.inventory.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What a load came to on one contender.
 *
 * @param perSecond answers per second, refusals for want of stock included
 * @param cpuMicros CPU time of the contender per request, in microseconds, all its threads and child processes
 */
record Measured(double perSecond, double cpuMicros) {

    /** The one in the middle by its rate; the lower one of the two in the middle when their number is even. */
    static Measured median(List<Measured> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(Measured::perSecond))
                .toList()
                .get((all.size() - 1) / 2);
    }
}
