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

    /** Prints rows of loads whose goodput is compared with the peak. */
    static void print(List<LoadPhase> phases, double peak, PrintStream out) {
        out.printf("%nThe peak is %,.0f writes/s. Times are in ms and count from when a request was due.%n%n", peak);
        out.println("        planned offered goodput   of rejected          accepted ms     rejected ms   generator  "
                + "opened  heap   CPU cores       CPU us per");
        out.println("phase        /s      /s      /s peak       /s  errors     p50     p99     p50     p99  behind  "
                + "     /s   MiB  service client   request");
        phases.forEach(phase -> printRow(phase, peak, out));
        out.println();
        phases.forEach(phase -> printShortfall(phase, peak, out));
    }

    private static void printRow(LoadPhase phase, double peak, PrintStream out) {
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
                phase.openedPerSecond(),
                cell("%5.0f", phase.heapMib()),
                phase.serviceCores(),
                phase.clientCores(),
                phase.clientMicrosPerRequest());
    }

    private static void printShortfall(LoadPhase phase, double peak, PrintStream out) {
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
        double behind = outcomes.behindMillisAt(99).orElse(0);
        if (behind > BEHIND_MILLIS_MAX) {
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
