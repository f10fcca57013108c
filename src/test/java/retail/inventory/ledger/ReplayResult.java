package retail.inventory.ledger;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Outcomes;

/**
 * What a replay measured, and whether the service ended where the plain loop did.
 *
 * @param elapsed of the lines alone, without the opening stock and the comparison
 * @param mismatches one sentence for every key whose quantity or version differs
 * @param retries requests sent again after 503, 429 or a broken connection
 */
record ReplayResult(
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

    private static final double NANOS_PER_SECOND = 1e9;

    /** Whether every key, the number of refused lines and the sum of versions equal those of the plain loop. */
    boolean ledgerOk() {
        return mismatches.isEmpty() && refused == expectedRefused && versions == expectedVersions;
    }

    /** Lines decided per second, accepted or refused. */
    double linesPerSecond() {
        return lines / (elapsed.toNanos() / NANOS_PER_SECOND);
    }

    /** Prints the figures as a table, and adds what differs to the findings. */
    void tell(Findings findings, PrintStream out) {
        out.printf(
                """
                lines            %,d by %d clients in %.1f s
                lines/s          %,.0f
                ms per line      %s
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
                Outcomes.millis(micros, 50, 95, 99, 100),
                retries,
                refused,
                expectedRefused,
                versions,
                expectedVersions,
                keysCompared,
                mismatches.size());
        mismatches.forEach(mismatch -> findings.add(Kind.OTHER, mismatch));
        findings.require(ledgerOk(), Kind.OTHER, "the ledger differs");
    }
}
