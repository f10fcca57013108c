package retail.inventory.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the service did wrong: printed as soon as it is seen, and counted. Safe for several threads. */
public final class Findings {

    private static final int PRINTED_MAX = 60;
    private static final int LENGTH_MAX = 400;

    private final PrintStream out;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private int printed;

    public Findings(PrintStream out) {
        this.out = out;
    }

    /** What can be wrong. */
    public enum Kind {
        FALSE_ACK("false acks"),
        LOST("lost"),
        VANISHED("vanished reads"),
        FAILED_READ("failed reads"),
        WRONG_ANSWER("wrong answers"),
        TOO_SLOW("too slow"),
        OTHER("other");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** Prints and counts it. */
    public synchronized void add(Kind kind, String what) {
        counts.merge(kind, 1, Integer::sum);
        printed++;
        if (printed <= PRINTED_MAX) {
            out.println("WRONG    " + kind + ": " + what.substring(0, Math.min(what.length(), LENGTH_MAX)));
        } else if (printed == PRINTED_MAX + 1) {
            out.println("WRONG    and more, which are only counted");
        }
    }

    /** What a check looked at, in figures. */
    @FunctionalInterface
    public interface Look {
        String figures() throws IOException;
    }

    /** Looks at something and prints in a line what it saw: ok, unless that added to the findings. */
    public void check(String what, Look look) throws IOException {
        int before = total();
        String figures = look.figures();
        out.printf("%-8s %-22s %s%n", total() == before ? "ok" : "WRONG", what, figures);
    }

    /** Adds it unless a condition holds. */
    public void require(boolean holds, Kind kind, String otherwise) {
        if (!holds) {
            add(kind, otherwise);
        }
    }

    public synchronized int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many there are of all kinds. */
    public synchronized int total() {
        return printed;
    }

    public synchronized boolean none() {
        return counts.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return Stream.of(Kind.values()).map(kind -> count(kind) + " " + kind).collect(Collectors.joining(", "));
    }
}
