package retail.inventory.several;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import retail.inventory.history.History;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Fleet;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Traffic;

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

    private final Path dataDir;
    private final Path shim;
    private final Findings findings;
    private final History history = new History();

    /** Makes it; a library is loaded before the C library of the first process, whose wall clock then jumps. */
    Clocks(Path dataDir, Path shim, Findings findings) {
        this.dataDir = dataDir;
        this.shim = shim;
        this.findings = findings;
    }

    /** So many seconds of it; what came of it in a sentence. */
    String run(int seconds) throws IOException {
        Map<String, String> settings = Map.of("LOCK_TTL_MS", Long.toString(TTL_MS), "LOCK_RENEW_MS", "100");
        long began;
        int stops = 0;
        try (Fleet fleet = new Fleet(dataDir, settings, Map.of("LD_PRELOAD", shim.toString()), history, findings)) {
            began = System.nanoTime();
            try (Traffic _ = fleet.traffic(new Random())) {
                while (Moments.secondsSince(began) < seconds) {
                    Moments.pause(BETWEEN_STOPS_MS);
                    fleet.process(0).freeze();
                    Moments.pause(STOPPED_MS);
                    fleet.process(0).thaw();
                    stops++;
                }
            }
            fleet.readAll();
        }
        Jumps jumps = jumps(Instant.now());
        findings.require(jumps.back > 0 && jumps.ahead > 0, Kind.OTHER, "the clock did not jump: " + jumps);
        Verdict verdict = history.check();
        findings.require(verdict.accepted() > 0, Kind.OTHER, "nothing is acknowledged");
        verdict.violations().forEach(violation -> findings.add(Kind.FALSE_ACK, violation));
        return ("%,d changes acknowledged, %,d of them with a time an hour ahead, %,d an hour back, %d stops: "
                        + "%d violations in %,d operations")
                .formatted(
                        verdict.accepted(),
                        jumps.ahead,
                        jumps.back,
                        stops,
                        verdict.violations().size(),
                        verdict.operations());
    }

    private record Jumps(long ahead, long back) {}

    /** Events whose time is far from now, as the log has them. */
    private Jumps jumps(Instant now) throws IOException {
        long ahead = 0;
        long back = 0;
        try (Stream<Path> files = Files.list(dataDir.resolve("wal"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                Matcher time = TIME.matcher(Files.readString(file));
                while (time.find()) {
                    Duration off = Duration.between(now, Instant.parse(time.group(1)));
                    ahead += off.compareTo(JUMPED_MIN) > 0 ? 1 : 0;
                    back += off.compareTo(JUMPED_MIN.negated()) < 0 ? 1 : 0;
                }
            }
        }
        return new Jumps(ahead, back);
    }
}
