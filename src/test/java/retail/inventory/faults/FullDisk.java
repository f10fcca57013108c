package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Tally;

/** A disk that is full for real: everybody reads, nobody writes, and all goes on as soon as there is room. */
final class FullDisk {

    private static final Duration FULL_MAX = Duration.ofSeconds(30);
    private static final Duration BACK_MAX = Duration.ofSeconds(5);
    private static final int FULL_SECONDS = 5;
    private static final long FILL_EVERY_MS = 100;
    private static final long AFTER_MS = 1_000;
    private static final int[] PIECES = {1 << 20, 1 << 12};

    private final Path disk;
    private final Path filler;
    private final Findings findings;
    private final PrintStream out;

    FullDisk(Path disk, Findings findings, PrintStream out) {
        this.disk = disk;
        this.filler = disk.resolve("filler");
        this.findings = findings;
        this.out = out;
    }

    /** Fills it, waits, makes room, kills the service and looks at what is there. */
    void run() throws IOException {
        try (UnderLoad load = new UnderLoad(disk.resolve("data"), findings)) {
            boolean full = Moments.within(FULL_MAX, () -> {
                fill();
                return load.tally().refusals(Tally.READ_ONLY) > 0;
            });
            findings.require(
                    full,
                    Kind.OTHER,
                    "the full disk refuses nothing: " + load.tally().refusals());
            stayFull(load);
            Files.delete(filler);
            awaitRoom(load);
            load.restart();
            Moments.pause(AFTER_MS);
            load.restart();
            out.printf(
                    "killed and started again twice; %,d writes acknowledged in all%n",
                    load.tally().acknowledged());
        }
    }

    private void stayFull(UnderLoad load) {
        long began = System.nanoTime();
        long reads = load.tally().reads();
        Map<String, Integer> before = load.tally().refusals();
        while (Moments.secondsSince(began) < FULL_SECONDS) {
            fill(); // for files that are deleted make room again
            Moments.pause(FILL_EVERY_MS);
        }
        findings.require(!load.tally().acceptedSentAfter(began), Kind.FALSE_ACK, "the full disk took a change");
        List<Readiness> readiness = load.readinessSince(began);
        findings.require(
                !readiness.isEmpty() && readiness.stream().allMatch(Readiness::tellsOfTheLog),
                Kind.OTHER,
                "readiness did not say all the time that the log cannot be written: " + readiness);
        out.printf(
                "full for %d s: refused %s, %s of that at once; %,d reads answered; readiness says: %s%n",
                FULL_SECONDS,
                load.tally().refusals(),
                before,
                load.tally().reads() - reads,
                readiness.isEmpty() ? "nothing" : readiness.getLast().reason());
    }

    private void awaitRoom(UnderLoad load) throws IOException {
        long freed = System.nanoTime();
        double seconds = load.awaitWritable(freed, BACK_MAX, "the full disk");
        out.printf("writable again %.2f s after there is room, without a restart%n", seconds);
        load.awaitReadiness(BACK_MAX, Readiness::ready, "the full disk");
    }

    /** Takes all room that is left, to the last block. */
    private void fill() {
        for (int piece : PIECES) {
            while (takes(piece)) {}
        }
    }

    private boolean takes(int bytes) {
        try (FileChannel file = FileChannel.open(
                filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.allocate(bytes));
            file.force(false); // ext4 decides late what fits
            return true;
        } catch (IOException full) {
            return false;
        }
    }
}
