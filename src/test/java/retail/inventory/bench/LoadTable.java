package retail.inventory.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;

/** Prints what loads came to, one row each, and says which of them were not what they should have been. */
final class LoadTable {

    /** A rate is reached when this much of it is. */
    private static final double REACHED = 0.99;

    /** By so much the generator may be late at p99; its selector takes up to one millisecond. */
    private static final double BEHIND_MILLIS_MAX = 10;

    private LoadTable() {}

    /**
     * A load and what it took.
     *
     * @param serviceCores CPU seconds of the service per second
     * @param clientCores the same of this process
     * @param opened how many connections were opened
     * @param heapMib what is left on the service's heap after a full collection, where there was one
     */
    record Phase(
            String name,
            Outcomes outcomes,
            double serviceCores,
            double clientCores,
            long opened,
            OptionalDouble heapMib) {

        /** The name of the phase that offers some times the peak. */
        static String name(double timesPeak) {
            return String.format(timesPeak < 1 ? "%.1fx" : "%.0fx", timesPeak);
        }

        Phase withHeap(double mib) {
            return new Phase(name, outcomes, serviceCores, clientCores, opened, OptionalDouble.of(mib));
        }

        private double seconds() {
            return outcomes.time().toMillis() / 1e3;
        }
    }

    /** Prints rows of loads whose goodput is compared with the peak. */
    static void print(List<Phase> phases, double peak, PrintStream out) {
        out.printf("%nThe peak is %,.0f writes/s. Times are in ms and count from when a request was due.%n%n", peak);
        out.println("        planned offered goodput   of rejected          accepted ms     rejected ms   generator  "
                + "opened  heap   CPU cores       CPU us per");
        out.println("phase        /s      /s      /s peak       /s  errors     p50     p99     p50     p99  behind  "
                + "     /s   MiB  service client   request");
        phases.forEach(phase -> printRow(phase, peak, out));
        out.println();
        phases.forEach(phase -> printShortfall(phase, peak, out));
    }

    private static void printRow(Phase phase, double peak, PrintStream out) {
        Outcomes outcomes = phase.outcomes();
        double goodput = outcomes.perSecond(Outcome.ACCEPTED);
        out.printf(
                "%-6s %,8.0f%,8.0f%,8.0f %4.2f %,8.0f %,7d %s %s %s %s %s %,8.0f %s %8.2f %6.2f %9.1f%n",
                phase.name(),
                outcomes.plannedPerSecond(),
                outcomes.sentPerSecond(),
                goodput,
                goodput / peak,
                outcomes.perSecond(Outcome.REJECTED),
                outcomes.count(Outcome.FAILED),
                cell("%7.1f", outcomes.millisAt(50, Outcome.ACCEPTED)),
                cell("%7.1f", outcomes.millisAt(99, Outcome.ACCEPTED)),
                cell("%7.1f", outcomes.millisAt(50, Outcome.REJECTED)),
                cell("%7.1f", outcomes.millisAt(99, Outcome.REJECTED)),
                cell("%7.1f", outcomes.behindMillisAt(99)),
                phase.opened() / phase.seconds(),
                cell("%5.0f", phase.heapMib()),
                phase.serviceCores(),
                phase.clientCores(),
                phase.clientCores() * phase.seconds() * 1e6 / Math.max(1, outcomes.sent()));
    }

    private static void printShortfall(Phase phase, double peak, PrintStream out) {
        Outcomes outcomes = phase.outcomes();
        if (outcomes.sentPerSecond() < REACHED * outcomes.plannedPerSecond()) {
            out.printf(
                    "%s: THE RATE WAS NOT REACHED: %.2f times the peak was offered, %,d requests were never sent%n",
                    phase.name(), outcomes.sentPerSecond() / peak, outcomes.count(Outcome.UNSENT));
        }
        if (outcomes.waited() > 0) {
            out.printf(
                    "%s: all connections were busy when %,d requests were due, which is in their times%n",
                    phase.name(), outcomes.waited());
        }
        if (outcomes.behindMillisAt(99).orElse(0) > BEHIND_MILLIS_MAX) {
            out.printf(
                    "%s: THE GENERATOR WAS BEHIND: it had too little of the processor, which is in the times%n",
                    phase.name());
        }
    }

    private static String cell(String format, OptionalDouble value) {
        String width = String.format(format, 0.0);
        return value.isPresent() ? String.format(format, value.getAsDouble()) : " ".repeat(width.length() - 1) + "-";
    }
}
