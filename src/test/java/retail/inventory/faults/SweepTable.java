package retail.inventory.faults;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import retail.inventory.faults.Trial.Outcome;

/** What came of all faults, a row for each part, call and error. */
final class SweepTable {

    private static final String FORM = "%-18s %-10s %-7s %9s %12s %11s %13s %17s%n";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** The numbers of one row; {@code secondsMax} is until the part worked again. */
    private record Row(Fault fault, int injected, int notReached, int falseAcks, int failedReads, double secondsMax) {

        private Row and(Outcome outcome) {
            return new Row(
                    fault,
                    injected + (outcome.reached() ? 1 : 0),
                    notReached + (outcome.reached() ? 0 : 1),
                    falseAcks + outcome.falseAcks(),
                    failedReads + outcome.failedReads(),
                    Math.max(secondsMax, outcome.seconds()));
        }

        private void print(PrintStream out) {
            out.printf(
                    FORM,
                    fault.part(),
                    fault.call(),
                    fault.error(),
                    injected,
                    notReached,
                    falseAcks,
                    failedReads,
                    secondsMax == 0 ? "killed before" : "%.2f".formatted(secondsMax));
        }
    }

    void add(Fault fault, Outcome outcome) {
        Row empty = new Row(fault, 0, 0, 0, 0, 0);
        rows.merge(name(fault), empty.and(outcome), (row, first) -> row.and(outcome));
    }

    int injected() {
        return rows.values().stream().mapToInt(Row::injected).sum();
    }

    int notReached() {
        return rows.values().stream().mapToInt(Row::notReached).sum();
    }

    /** Prints the row of a fault in one line, for those who watch. */
    void printRow(Fault fault, PrintStream out) {
        Row row = rows.get(name(fault));
        if (row != null) {
            row.print(out);
        }
    }

    static void printHead(PrintStream out) {
        out.printf(
                FORM,
                "part",
                "call",
                "error",
                "injected",
                "not reached",
                "false acks",
                "failed reads",
                "back after, s");
    }

    void print(PrintStream out) {
        printHead(out);
        rows.values().forEach(row -> row.print(out));
    }

    private static String name(Fault fault) {
        return fault.part() + " " + fault.call() + " " + fault.error();
    }
}
