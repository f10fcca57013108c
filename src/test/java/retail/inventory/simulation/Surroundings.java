package retail.inventory.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.DiskBreakers;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.file.FileEventLog;

/**
 * What a simulated process is given.
 *
 * @param disk where its files are
 * @param through the same disk as the process reaches it
 * @param nanoTime tells elapsed time
 * @param ids where event ids come from
 * @param commitTimeoutMs how long a request waits for the disk, in milliseconds
 */
record Surroundings(
        SimDisk disk,
        Disk through,
        InstantSource clock,
        LongSupplier nanoTime,
        DiskBreakers breakers,
        ThreadFactory threads,
        RandomGenerator ids,
        FileEventLog.Options options,
        long commitTimeoutMs) {

    /** With threads and chance as everywhere. */
    static Surroundings of(SimDisk disk, Disk through, InstantSource clock, DiskBreakers breakers, int segmentBytes) {
        return new Surroundings(
                disk,
                through,
                clock,
                () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()),
                breakers,
                Thread.ofPlatform().name("log-writer").factory(),
                new Random(),
                options(segmentBytes, null, 1),
                10_000);
    }

    /** Sizes and times such that little happens often. */
    static FileEventLog.Options options(int segmentBytes, @Nullable Duration archiveKeep, long probeEveryMs) {
        return new FileEventLog.Options(segmentBytes, 1 << 20, probeEveryMs, false, archiveKeep);
    }
}
