package retail.inventory.several;

import java.nio.file.Files;
import java.nio.file.Path;
import retail.inventory.lab.Program;

/** A program that sets the wall clock of a service under keyed load, and says whether anything depends on it. */
public final class LeapingClock {

    private LeapingClock() {}

    /** Arguments: {@code SECONDS DIRECTORY LIBRARY}. Exits with 1 when something is wrong. */
    public static void main(String[] args) {
        Program.run("CLOCKS", (findings, out) -> {
            Path directory = Files.createDirectories(Path.of(args[1]));
            try (SetClock clock = new SetClock(Path.of(args[2]), directory.resolve("offset"))) {
                return new Leaps(Files.createDirectories(directory.resolve("data")), clock, findings)
                        .run(Integer.parseInt(args[0]));
            }
        });
    }
}
