package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The ratios that were measured before, so that a change that costs much is seen. */
final class RecordedRatios {

    /** By so much a ratio may fall below the recorded one. */
    private static final double FALL_MAX = 0.15;

    private final Properties recorded = new Properties();

    RecordedRatios(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            recorded.load(reader);
        }
    }

    /** Says of each ratio that has a recorded one how it compares; true when none fell too far. */
    boolean holds(Map<String, Double> measured, PrintStream out) {
        boolean holds = true;
        for (Map.Entry<String, Double> ratio : measured.entrySet()) {
            String before = recorded.getProperty(ratio.getKey());
            if (before == null) {
                continue;
            }
            double least = Double.parseDouble(before) * (1 - FALL_MAX);
            boolean fell = ratio.getValue() < least;
            holds &= !fell;
            out.printf(
                    Locale.ROOT,
                    "%-24s %.2f, recorded %s, at least %.2f: %s%n",
                    ratio.getKey(),
                    ratio.getValue(),
                    before,
                    least,
                    fell ? "FELL" : "ok");
        }
        return holds;
    }
}
