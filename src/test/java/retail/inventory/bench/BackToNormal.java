package retail.inventory.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How long a service takes to be itself again when an overload is over. */
final class BackToNormal {

    private BackToNormal() {}

    /**
     * One second after the overload.
     *
     * @param notAccepted how many of the requests due in it were anything but accepted
     * @param p99Millis of the accepted ones; empty when there was none
     */
    record Second(long notAccepted, OptionalDouble p99Millis) {

        private boolean isNormal(double p99MillisMax) {
            return notAccepted == 0 && p99Millis.isPresent() && p99Millis.getAsDouble() <= p99MillisMax;
        }
    }

    /** After how many seconds all that follow are normal; empty when the last one is not. */
    static OptionalInt afterSeconds(List<Second> seconds, double p99MillisMax) {
        int normalFrom = seconds.size();
        while (normalFrom > 0 && seconds.get(normalFrom - 1).isNormal(p99MillisMax)) {
            normalFrom--;
        }
        return normalFrom == seconds.size() ? OptionalInt.empty() : OptionalInt.of(normalFrom);
    }
}
