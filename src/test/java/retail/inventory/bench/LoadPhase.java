package retail.inventory.bench;

import java.util.OptionalDouble;
import retail.inventory.lab.Outcomes;

/**
 * A load and what it took.
 *
 * @param serviceCores CPU seconds of the service per second
 * @param clientCores the same of this process
 * @param opened how many connections were opened
 * @param heapMib what is left on the service's heap after a full collection, where there was one
 */
record LoadPhase(
        String name, Outcomes outcomes, double serviceCores, double clientCores, long opened, OptionalDouble heapMib) {

    /** The name of the phase that offers some times the peak. */
    static String name(double timesPeak) {
        return String.format(timesPeak < 1 ? "%.1fx" : "%.0fx", timesPeak);
    }

    LoadPhase withHeap(double mib) {
        return new LoadPhase(name, outcomes, serviceCores, clientCores, opened, OptionalDouble.of(mib));
    }

    double openedPerSecond() {
        return opened * 1e9 / outcomes.time().toNanos();
    }

    /** CPU time of this process per request sent, in microseconds. */
    double clientMicrosPerRequest() {
        return clientCores * outcomes.time().toNanos() / 1e3 / Math.max(1, outcomes.sent());
    }
}
