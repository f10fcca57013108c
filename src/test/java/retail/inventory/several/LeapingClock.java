package retail.inventory.several;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Moments;

/** A program that sets the wall clock of a service under keyed load, and says whether anything depends on it. */
public final class LeapingClock {

    private LeapingClock() {}

    /** Arguments: {@code SECONDS DIRECTORY LIBRARY}. Exits with 1 when something is wrong. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // so that figures look alike everywhere
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(isRight(args, System.out) ? 0 : 1);
    }

    private static boolean isRight(String[] args, PrintStream out) {
        Findings findings = new Findings(out);
        long began = System.nanoTime();
        try {
            Path directory = Files.createDirectories(Path.of(args[1]));
            try (SetClock clock = new SetClock(Path.of(args[2]), directory.resolve("offset"))) {
                out.println(new Leaps(Files.createDirectories(directory.resolve("data")), clock, findings)
                        .run(Integer.parseInt(args[0])));
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            findings.add(Kind.OTHER, "the check could not go on: " + e);
        }
        out.printf(
                "CLOCKS %s in %.0f s: %s%n", findings.none() ? "OK" : "FAILED", Moments.secondsSince(began), findings);
        return findings.none();
    }
}
