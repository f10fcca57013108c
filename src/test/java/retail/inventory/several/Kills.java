package retail.inventory.several;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import retail.inventory.history.History;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Fleet;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.Traffic;

/** One of several processes under load is killed, again and again; the others go on, and its lease is theirs. */
final class Kills {

    private static final long TTL_MS = 2000;
    private static final int LIVES_MAX_MS = 1500;
    private static final int PROGRESS_EVERY = 10;
    private static final long WRITTEN_MAX_MS = 30_000;

    private final Path dataDir;
    private final long freeMaxMs;
    private final Findings findings;
    private final Random random = new Random();
    private final History history = new History();
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
        try (Fleet fleet =
                new Fleet(dataDir, Map.of("LOCK_TTL_MS", Long.toString(TTL_MS)), Map.of(), history, findings)) {
            try (Traffic _ = fleet.traffic(new Random(random.nextLong()))) {
                for (int i = 0; i < kills; i++) {
                    long before = fleet.acknowledged();
                    Moments.pause(random.nextInt(LIVES_MAX_MS));
                    kill(fleet, random.nextInt(Fleet.SIZE));
                    findings.require(fleet.acknowledged() > before, Kind.TOO_SLOW, "the others do not go on");
                    if ((i + 1) % PROGRESS_EVERY == 0) {
                        out.printf(
                                "%,6d of %,d kills: %,d acknowledged; %d had the lease, written after %d ms at most%n",
                                i + 1, kills, fleet.acknowledged(), held, freeAfterMaxMs);
                    }
                }
            }
            fleet.readAll();
        }
        Verdict verdict = history.check();
        verdict.violations().forEach(violation -> findings.add(Kind.LOST, violation));
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
        List<Thread> writing = new ArrayList<>();
        for (String sku : Traffic.SKUS) {
            writing.add(Thread.ofVirtual().start(() -> write(survivor, sku, hadIt, began)));
        }
        for (Thread each : writing) {
            try {
                each.join();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
        fleet.replace(victim, Map.of());
    }

    /** Tries until it succeeds. */
    private void write(RecordingClient survivor, String sku, boolean hadIt, long began) {
        long ms = 0;
        try {
            Answer reply = survivor.change("S1", sku, 1, null);
            while (!reply.accepted() && ms < WRITTEN_MAX_MS) {
                reply = survivor.change("S1", sku, 1, null);
                ms = msSince(began);
            }
        } catch (IOException e) {
            findings.add(Kind.OTHER, "who was not killed does not answer: " + e);
        }
        written(sku, hadIt, msSince(began));
    }

    private synchronized void written(String sku, boolean hadIt, long ms) {
        writableAfterMaxMs = Math.max(writableAfterMaxMs, ms);
        if (hadIt) {
            freeAfterMaxMs = Math.max(freeAfterMaxMs, ms);
        }
        findings.require(ms <= freeMaxMs, Kind.TOO_SLOW, sku + " was written " + ms + " ms after the kill");
    }

    private static long msSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    /** Whether the lease names a process. */
    private boolean hasTheLease(long pid) throws IOException {
        return read(dataDir.resolve("locks").resolve("writer.lease")).contains("\"owner\":\"" + pid + "-");
    }

    private static String read(Path lease) throws IOException {
        try {
            return Files.readString(lease);
        } catch (NoSuchFileException free) {
            return "";
        }
    }
}
