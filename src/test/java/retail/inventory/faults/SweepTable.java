package retail.inventory.faults;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import retail.inventory.faults.Trial.Outcome;

/** What came of all faults, a row for each part, call and error. */
final class SweepTable {

    private static final String FORM = "%-18s %-10s %-7s %9s %12s %11s %13s %17s%n";

    private final SequencedMap<Fault, Row> rows = new LinkedHashMap<>();

    /** The numbers of one row; {@code secondsMax} is until the part worked again. */
    private record Row(int injected, int notReached, int falseAcks, int failedReads, double secondsMax) {

        private Row(Outcome outcome) {
            this(
                    outcome.reached() ? 1 : 0,
                    outcome.reached() ? 0 : 1,
                    outcome.falseAcks(),
                    outcome.failedReads(),
                    outcome.seconds());
        }

        private Row plus(Row other) {
            return new Row(
                    injected + other.injected,
                    notReached + other.notReached,
                    falseAcks + other.falseAcks,
                    failedReads + other.failedReads,
                    Math.max(secondsMax, other.secondsMax));
        }

        private void print(Fault fault, PrintStream out) {
            String back = secondsMax == 0 ? "killed before" : "%.2f".formatted(secondsMax);
            out.printf(
                    FORM,
                    fault.part(),
                    fault.call(),
                    fault.error(),
                    injected,
                    notReached,
                    falseAcks,
                    failedReads,
                    back);
        }
    }

    void add(Fault fault, Outcome outcome) {
        rows.merge(new Fault(fault.part(), fault.call(), fault.error(), 1), new Row(outcome), Row::plus);
    }

    int injected() {
        return rows.values().stream().mapToInt(Row::injected).sum();
    }

    int notReached() {
        return rows.values().stream().mapToInt(Row::notReached).sum();
    }

    static void printHead(PrintStream out) {
        Object[] head = "part,call,error,injected,not reached,false acks,failed reads,back after, s".split(",", 8);
        out.printf(FORM, head);
    }

    /** Prints the row that was added to last, for those who watch. */
    void printLatest(PrintStream out) {
        rows.lastEntry().getValue().print(rows.lastEntry().getKey(), out);
    }

    void print(PrintStream out) {
        printHead(out);
        rows.forEach((fault, row) -> row.print(fault, out));
    }
}
