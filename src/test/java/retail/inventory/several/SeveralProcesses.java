package retail.inventory.several;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Program;
import retail.inventory.several.Breakpoint.Point;

/** A program that stops, kills or misleads processes that share a data directory, and says whether they kept their promises. */
public final class SeveralProcesses {

    /** So many kills are a run whose times count; in a short one, beside others, they would tell of the machine. */
    private static final int MEASURED_FROM = 50;

    private static final long GRACE_MS = 1000;
    private static final long GRACE_OF_A_SHORT_RUN_MS = 10_000;

    private SeveralProcesses() {}

    /**
     * Arguments: {@code stops N DIRECTORY}, {@code kills N DIRECTORY} or {@code clocks SECONDS DIRECTORY LIBRARY}. Exits with
     * 1 when something is wrong.
     */
    public static void main(String[] args) {
        Program.run(args[0].toUpperCase(Locale.ROOT), (findings, out) -> {
            run(args, findings, out);
            return "";
        });
    }

    private static void run(String[] args, Findings findings, PrintStream out) throws IOException {
        int count = Integer.parseInt(args[1]);
        Path dataDir = Files.createDirectories(Path.of(args[2]));
        switch (args[0]) {
            case "stops" -> {
                try (Stops stops = new Stops(dataDir, findings)) {
                    for (Point point : Point.values()) {
                        out.println(stops.at(point, count));
                    }
                }
            }
            case "kills" -> {
                long graceMs = count < MEASURED_FROM ? GRACE_OF_A_SHORT_RUN_MS : GRACE_MS;
                out.println(new Kills(dataDir, graceMs, findings).run(count, out));
            }
            case "clocks" -> out.println(new Clocks(dataDir, Path.of(args[3]), findings).run(count));
            default -> throw new IllegalArgumentException("there is no part " + args[0]);
        }
    }
}
