package retail.inventory.several;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Fleet;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.Tasks;
import retail.inventory.lab.Traffic;

/** One of several processes under load is killed, again and again; the others go on, and its lease is theirs. */
final class Kills {

    private static final long TTL_MS = 2000;
    private static final int LIVES_MAX_MS = 1500;
    private static final int PROGRESS_EVERY = 10;
    private static final double WRITTEN_SECONDS_MAX = 30;

    private final Path dataDir;
    private final long freeMaxMs;
    private final Findings findings;
    private final Random random = new Random();
    private int held;
    private long freeAfterMaxMs;
    private long writableAfterMaxMs;

    /** Makes it; the lease of a dead process has to be free after its time to live and this. */
    Kills(Path dataDir, long graceMs, Findings findings) {
        this.dataDir = dataDir;
        this.freeMaxMs = TTL_MS + graceMs;
        this.findings = findings;
    }

    /** Kills so many; what came of it in a sentence. */
    String run(int kills, PrintStream out) throws IOException {
        Verdict verdict;
        try (Fleet fleet = new Fleet(dataDir, Map.of("LOCK_TTL_MS", Long.toString(TTL_MS)), Map.of(), findings)) {
            try (Traffic _ = fleet.traffic(false)) {
                for (int i = 1; i <= kills; i++) {
                    long before = fleet.told().tally().acknowledged();
                    Moments.pause(random.nextInt(LIVES_MAX_MS));
                    kill(fleet, random.nextInt(Fleet.SIZE));
                    long acknowledged = fleet.told().tally().acknowledged();
                    findings.require(acknowledged > before, Kind.TOO_SLOW, "the others do not go on");
                    if (i % PROGRESS_EVERY == 0) {
                        out.printf(
                                "%,6d of %,d kills: %,d acknowledged; %d had the lease, written after %d ms at most%n",
                                i, kills, acknowledged, held, freeAfterMaxMs);
                    }
                }
            }
            fleet.readAll();
            verdict = fleet.told().check(Kind.LOST);
        }
        return ("%d kills, %,d changes acknowledged: %d violations in %,d acknowledged; %d had the lease, and all SKUs"
                        + " were written after %d ms at most; any after %d ms")
                .formatted(
                        kills,
                        verdict.accepted(),
                        verdict.violations().size(),
                        verdict.operations(),
                        held,
                        freeAfterMaxMs,
                        writableAfterMaxMs);
    }

    private void kill(Fleet fleet, int victim) throws IOException {
        long began = System.nanoTime();
        boolean hadIt = hasTheLease(fleet.process(victim).pid());
        fleet.process(victim).kill();
        held += hadIt ? 1 : 0;
        RecordingClient survivor = fleet.client((victim + 1 + random.nextInt(Fleet.SIZE - 1)) % Fleet.SIZE);
        int skus = Traffic.SKUS.size();
        Tasks.numbered(skus, skus, i -> write(survivor, Traffic.SKUS.get(i), hadIt, began));
        fleet.replace(victim, Map.of());
    }

    /** Tries until it succeeds. */
    private void write(RecordingClient survivor, String sku, boolean hadIt, long began) {
        try {
            while (!survivor.change("S1", sku, 1, null).accepted()
                    && Moments.secondsSince(began) < WRITTEN_SECONDS_MAX) {}
        } catch (IOException e) {
            findings.add(Kind.OTHER, "who was not killed does not answer: " + e);
        }
        written(sku, hadIt, (long) (1_000 * Moments.secondsSince(began)));
    }

    private synchronized void written(String sku, boolean hadIt, long ms) {
        writableAfterMaxMs = Math.max(writableAfterMaxMs, ms);
        freeAfterMaxMs = hadIt ? Math.max(freeAfterMaxMs, ms) : freeAfterMaxMs;
        findings.require(ms <= freeMaxMs, Kind.TOO_SLOW, sku + " was written " + ms + " ms after the kill");
    }

    /** Whether the lease names a process. */
    private boolean hasTheLease(long pid) throws IOException {
        try {
            return Files.readString(dataDir.resolve("locks/writer.lease")).contains("\"owner\":\"" + pid + "-");
        } catch (NoSuchFileException free) {
            return false;
        }
    }
}
