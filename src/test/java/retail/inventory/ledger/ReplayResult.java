package retail.inventory.ledger;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Outcomes;

/**
 * What a replay measured, and whether the service ended where the plain loop did.
 *
 * @param elapsed of the lines alone, without the opening stock and the comparison
 * @param mismatches one sentence for every key whose quantity or version differs
 * @param retries requests sent again after 503, 429 or a broken connection
 */
public record ReplayResult(
        int clients,
        long lines,
        Duration elapsed,
        Histogram micros,
        long refused,
        long expectedRefused,
        long versions,
        long expectedVersions,
        long keysCompared,
        List<String> mismatches,
        long retries) {

    private static final int MISMATCHES_SHOWN = 10;
    private static final double NANOS_PER_SECOND = 1_000_000_000.0;

    /** Whether every key, the number of refused lines and the sum of versions equal those of the plain loop. */
    public boolean ledgerOk() {
        return mismatches.isEmpty() && refused == expectedRefused && versions == expectedVersions;
    }

    /** Lines decided per second, accepted or refused. */
    public double linesPerSecond() {
        return lines / (elapsed.toNanos() / NANOS_PER_SECOND);
    }

    /** Prints the figures as a table and the verdict as its last line. */
    public void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                """
                lines            %,d by %d clients in %.1f s
                lines/s          %,.0f
                ms per line      p50 %.2f  p95 %.2f  p99 %.2f  max %.2f
                retries          %,d
                refused          %,d, expected %,d
                sum of versions  %,d, expected %,d
                keys compared    %,d
                mismatches       %,d
                """,
                lines,
                clients,
                elapsed.toNanos() / NANOS_PER_SECOND,
                linesPerSecond(),
                millisAt(50),
                millisAt(95),
                millisAt(99),
                millisAt(100),
                retries,
                refused,
                expectedRefused,
                versions,
                expectedVersions,
                keysCompared,
                mismatches.size());
        mismatches.stream().limit(MISMATCHES_SHOWN).forEach(mismatch -> out.println("  " + mismatch));
        out.println(ledgerOk() ? "LEDGER OK" : "LEDGER MISMATCH");
    }

    private double millisAt(double percent) {
        return Outcomes.millisAt(percent, micros).orElse(Double.NaN);
    }
}
