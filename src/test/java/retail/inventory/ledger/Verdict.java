package retail.inventory.ledger;

import java.io.PrintStream;

/** Prints one line for each check, with what it found wrong below, and remembers whether all held. */
final class Verdict {

    private final PrintStream out;
    private boolean ok = true;

    Verdict(PrintStream out) {
        this.out = out;
    }

    void check(String what, boolean holds, String figures) {
        ok &= holds;
        line(holds ? "ok" : "WRONG", what, figures);
    }

    void check(String what, Complaints complaints, String figures) {
        check(what, complaints.count() == 0, figures);
        complaints.first().forEach(each -> out.println("         " + each));
    }

    /** Says what was not checked. */
    void skip(String what, String why) {
        line("SKIPPED", what, why);
    }

    /** Says something that nothing depends on. */
    void note(String what, String figures) {
        line("", what, figures);
    }

    boolean ok() {
        return ok;
    }

    private void line(String state, String what, String figures) {
        out.printf("%-8s %-22s %s%n", state, what, figures);
    }
}
