package retail.inventory.several;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import retail.inventory.lab.Program;
import retail.inventory.several.Breakpoint.Point;

/**
 * A program that stops, kills or misleads processes that share a data directory, or sets the clock of one alone, and says
 * whether they kept their promises.
 */
public final class SeveralProcesses {

    /** So many kills are a run whose times count; in a short one, beside others, they would tell of the machine. */
    private static final int MEASURED_FROM = 50;

    private static final long GRACE_MS = 1000;
    private static final long GRACE_OF_A_SHORT_RUN_MS = 10_000;

    private SeveralProcesses() {}

    /**
     * Arguments: {@code stops N DIRECTORY}, {@code kills N DIRECTORY}, {@code clocks SECONDS DIRECTORY LIBRARY} or
     * {@code leaps SECONDS DIRECTORY LIBRARY}. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[1]);
        Program.run(args[0].toUpperCase(Locale.ROOT), (findings, out) -> {
            Path directory = Files.createDirectories(Path.of(args[2]));
            return switch (args[0]) {
                case "stops" -> {
                    try (Stops stops = new Stops(directory, findings)) {
                        for (Point point : Point.values()) {
                            out.println(stops.at(point, count));
                        }
                    }
                    yield "";
                }
                case "kills" -> {
                    long graceMs = count < MEASURED_FROM ? GRACE_OF_A_SHORT_RUN_MS : GRACE_MS;
                    yield new Kills(directory, graceMs, findings).run(count, out);
                }
                case "clocks" -> Clocks.run(directory, count, Path.of(args[3]), findings);
                case "leaps" -> Leaps.run(directory, count, Path.of(args[3]), findings);
                default -> throw new IllegalArgumentException("there is no part " + args[0]);
            };
        });
    }
}
