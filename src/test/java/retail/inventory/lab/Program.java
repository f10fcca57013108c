package retail.inventory.lab;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A scenario as a program: one verdict at its end, and nothing that it started outlives it. */
public final class Program {

    private static final int NOT_UNDERSTOOD = 2;

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
        System.exit(status(title, scenario, System.out));
    }

    /** The same with options, which picocli puts into the scenario; ends with 2 when they are not understood. */
    public static void run(String title, Scenario scenario, String... args) {
        begin();
        System.exit(status(title, scenario, System.out, args));
    }

    /** Fails like a wrong option. */
    public static void require(Scenario scenario, boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(new CommandLine(scenario), rule);
        }
    }

    /** Runs it with options in this process; its exit status. */
    public static int status(String title, Scenario scenario, PrintStream out, String... args) {
        try {
            CommandLine.ParseResult _ = new CommandLine(scenario).parseArgs(args);
            return status(title, scenario, out);
        } catch (ParameterException e) {
            out.println(e.getMessage());
            e.getCommandLine().usage(out);
            return NOT_UNDERSTOOD;
        }
    }

    /** Prepares this process: figures look alike everywhere, and what it starts ends with it, however it ends. */
    private static void begin() {
        Locale.setDefault(Locale.ROOT);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    }

    private static int status(String title, Scenario scenario, PrintStream out) {
        Findings findings = new Findings(out);
        long began = System.nanoTime();
        String figures = "";
        try {
            figures = scenario.run(findings, out);
        } catch (ParameterException e) {
            throw e;
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
        return findings.none() ? 0 : 1;
    }
}
