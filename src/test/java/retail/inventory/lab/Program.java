package retail.inventory.lab;

import java.io.PrintStream;
import java.util.Locale;

/** A scenario as a program: one verdict at its end, and nothing that it started outlives it. */
public final class Program {

    private Program() {}

    /** What it does. */
    @FunctionalInterface
    public interface Scenario {
        /** Adds to the findings what is wrong; its figures in a sentence, which may be empty. */
        String run(Findings findings, PrintStream out) throws Exception;
    }

    /** Runs it, prints its verdict and ends, with 1 when something was wrong. */
    public static void run(String title, Scenario scenario) {
        begin();
        System.exit(isRight(title, scenario, System.out) ? 0 : 1);
    }

    /** Prepares this process: figures look alike everywhere, and what it starts ends with it, however it ends. */
    public static void begin() {
        Locale.setDefault(Locale.ROOT);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    }

    private static boolean isRight(String title, Scenario scenario, PrintStream out) {
        Findings findings = new Findings(out);
        long began = System.nanoTime();
        String figures = "";
        try {
            figures = scenario.run(findings, out);
        } catch (Exception | AssertionError e) {
            findings.add(Findings.Kind.OTHER, "the check could not go on: " + e);
        }
        out.printf(
                "%s %s in %.0f s: %s%s%s%n",
                title,
                findings.none() ? "OK" : "FAILED",
                Moments.secondsSince(began),
                figures,
                figures.isEmpty() ? "" : "; ",
                findings);
        return findings.none();
    }
}
