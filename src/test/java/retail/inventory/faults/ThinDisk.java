package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.Tally;

/**
 * A program that gives the service a file system which promises more room than there is below it. A write succeeds, the
 * sync after it fails, once, and the next one succeeds although the data is nowhere but in memory: what a sync that is
 * tried again, or believed, would acknowledge is lost when the file system is mounted anew.
 */
public final class ThinDisk {

    private static final Duration REFUSED_MAX = Duration.ofSeconds(30);
    private static final Duration BACK_MAX = Duration.ofSeconds(5);
    private static final long THIN_MS = 4_000;
    private static final long AFTER_MS = 1_000;
    private static final long ROOM_LEFT_KIB = 64;
    private static final long BYTES_PER_KIB = 1024;

    private final Path below;
    private final String device;
    private final Path disk;
    private final Findings findings;
    private final PrintStream out;
    private final long roomKib;

    private ThinDisk(Path below, String device, Path disk, Findings findings, PrintStream out) throws IOException {
        this.below = below;
        this.device = device;
        this.disk = disk;
        this.findings = findings;
        this.out = out;
        this.roomKib = Files.getFileStore(below).getTotalSpace() / BYTES_PER_KIB;
    }

    /**
     * Arguments: how many times, a tmpfs, the loop device of an ext4 file system in it, and where that is mounted. Exits
     * with 1 when something is wrong.
     */
    public static void main(String[] args) {
        Program.run(
                "THIN DISK",
                (findings, out) -> new ThinDisk(Path.of(args[1]), args[2], Path.of(args[3]), findings, out)
                        .run(Integer.parseInt(args[0])));
    }

    private String run(int times) throws IOException {
        try (UnderLoad load = new UnderLoad(disk.resolve("data"), findings)) {
            for (int i = 1; i <= times; i++) {
                long reads = load.tally().reads();
                Map<String, Integer> before = load.tally().refusals();
                long began = System.nanoTime();
                resize(usedKib() + ROOM_LEFT_KIB);
                awaitRefusal(load, before);
                List<Readiness> readiness = load.readinessSince(began);
                long freed = System.nanoTime();
                resize(roomKib);
                double seconds = load.awaitWritable(freed, BACK_MAX, "the thin disk");
                Moments.pause(AFTER_MS);
                load.restart(this::mountAnew);
                out.printf(
                        "%d: refused %s; %,d reads answered; readiness said not ready %,d times; writable again %.2f s"
                                + " after there is room; mounted anew, all compared%n",
                        i,
                        load.tally().refusals(),
                        load.tally().reads() - reads,
                        readiness.stream().filter(each -> !each.ready()).count(),
                        seconds);
            }
            return "%d times, %,d acknowledged, refused %s, %,d reads"
                    .formatted(
                            times,
                            load.tally().acknowledged(),
                            load.tally().refusals(),
                            load.tally().reads());
        }
    }

    private void awaitRefusal(UnderLoad load, Map<String, Integer> before) throws IOException {
        boolean refused = Moments.within(
                REFUSED_MAX, () -> more(load, before, Tally.OUTCOME_UNKNOWN) && more(load, before, Tally.READ_ONLY));
        findings.require(
                refused, Kind.OTHER, "nothing is refused: " + load.tally().refusals());
        long since = System.nanoTime();
        Moments.pause(THIN_MS);
        findings.require(
                load.readinessSince(since).stream().anyMatch(Readiness::tellsOfTheLog),
                Kind.OTHER,
                "readiness does not say that the log cannot be written");
    }

    private static boolean more(UnderLoad load, Map<String, Integer> before, String problem) {
        return load.tally().refusals(problem) > before.getOrDefault(problem, 0);
    }

    /** What was only in memory is gone then. */
    private Object mountAnew() throws IOException {
        Command.run("umount", disk.toString());
        Command.run("mount", device, disk.toString());
        return disk;
    }

    private long usedKib() throws IOException {
        FileStore store = Files.getFileStore(below);
        return (store.getTotalSpace() - store.getUnallocatedSpace()) / BYTES_PER_KIB;
    }

    private void resize(long kib) throws IOException {
        Command.run("mount", "-o", "remount,size=" + kib + "k", below.toString());
    }
}
