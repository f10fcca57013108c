package retail.inventory.bench;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what must not happen in a measurement and prints the first of it. Safe for use by several threads. */
final class Failures {

    private static final int PRINTED = 10;

    private final PrintStream out;
    private final AtomicLong count = new AtomicLong();

    Failures(PrintStream out) {
        this.out = out;
    }

    void add(String what) {
        if (count.incrementAndGet() <= PRINTED) {
            out.println("error: " + what);
        }
    }

    long count() {
        return count.get();
    }
}
