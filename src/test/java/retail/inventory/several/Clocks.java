package retail.inventory.several;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Fleet;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.WrittenLog;

/**
 * The wall clock of one of several processes jumps an hour back and forth under load; it is stopped now and then besides, so
 * that its leases are taken from it.
 */
final class Clocks {

    private static final long TTL_MS = 300;
    private static final long STOPPED_MS = 2 * TTL_MS;
    private static final long BETWEEN_STOPS_MS = 2000;
    private static final Duration JUMPED_MIN = Duration.ofMinutes(30);
    private static final Pattern TIME = Pattern.compile("\"eventId\":\"[^\"]+\",\"ts\":\"([^\"]+)\"");

    private Clocks() {}

    /**
     * So many seconds of it; what came of it in a sentence.
     *
     * @param shim a library that is loaded before the C library of the first process, whose wall clock then jumps
     */
    static String run(Path dataDir, int seconds, Path shim, Findings findings) throws IOException {
        Map<String, String> settings = Map.of("LOCK_TTL_MS", Long.toString(TTL_MS), "LOCK_RENEW_MS", "100");
        Map<String, String> misled = Map.of("LD_PRELOAD", shim.toString());
        int stops = 0;
        Verdict verdict;
        try (Fleet fleet = new Fleet(dataDir, settings, misled, findings)) {
            long began = System.nanoTime();
            try (Traffic _ = fleet.traffic(true)) {
                while (Moments.secondsSince(began) < seconds) {
                    Moments.pause(BETWEEN_STOPS_MS);
                    fleet.process(0).freeze();
                    Moments.pause(STOPPED_MS);
                    fleet.process(0).thaw();
                    stops++;
                }
            }
            fleet.readAll();
            verdict = fleet.told().check(Kind.FALSE_ACK);
        }
        Instant now = Instant.now();
        List<Duration> off = WrittenLog.found(dataDir, TIME).stream()
                .map(time -> Duration.between(now, Instant.parse(time)))
                .toList();
        long ahead = off.stream().filter(each -> each.compareTo(JUMPED_MIN) > 0).count();
        long back = off.stream()
                .filter(each -> each.compareTo(JUMPED_MIN.negated()) < 0)
                .count();
        findings.require(back > 0 && ahead > 0, Kind.OTHER, "the clock did not jump: " + ahead + ", " + back);
        findings.require(verdict.accepted() > 0, Kind.OTHER, "nothing is acknowledged");
        return ("%,d changes acknowledged, %,d of them with a time an hour ahead, %,d an hour back, %d stops: "
                        + "%d violations in %,d operations")
                .formatted(
                        verdict.accepted(),
                        ahead,
                        back,
                        stops,
                        verdict.violations().size(),
                        verdict.operations());
    }
}
