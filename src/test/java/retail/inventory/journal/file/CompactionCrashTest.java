package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;

/** Every disk operation of a release is the last one before a crash once: no hole is left, and the next one goes on. */
class CompactionCrashTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);
    private static final FileEventLog.Options AN_HOUR = LogOnDisk.keeping(Duration.ofHours(1));
    private static final FileEventLog.Options NOT_AT_ALL = LogOnDisk.keeping(Duration.ZERO);
    private static final Duration LATER = Duration.ofDays(1);
    private static final int EVENTS = 12;
    private static final int RELEASED_SEGMENTS = 4;

    /** Small seeds that follow each other begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SimDisk disk = LogOnDisk.written(EVENTS, TINY);
    private final List<Segment> before = Segments.of(disk);
    private final long kept = before.get(RELEASED_SEGMENTS).first();

    @Test
    void hasNoHoleAfterACrashAtEveryOperation() throws IOException {
        crashAtEveryOperation(TINY, disk, 2);
        crashAtEveryOperation(AN_HOUR, disk, 2);
        crashAtEveryOperation(NOT_AT_ALL, disk, 8);
    }

    @Test
    void hasNoHoleAfterACrashWhenItKeptAllBeforeAndNothingNow() throws IOException {
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            log.release(before.get(2).first() - 1);
        }
        crashAtEveryOperation(NOT_AT_ALL, disk, 2);
    }

    private void crashAtEveryOperation(FileEventLog.Options options, SimDisk from, int seeds) throws IOException {
        boolean passed = false;
        for (int n = 1; !passed; n++) {
            for (int seed = 0; seed < seeds; seed++) {
                SimDisk crashing = from.copy();
                LogOnDisk log = LogOnDisk.open(crashing, options);
                crashing.hook(DiskHook.failingAt(n, true));
                passed = catchThrowable(() -> log.release(kept - 1)) == null;
                SimDisk left = crashing.crash(new Random(seed * SPREAD));
                log.close();

                String when = "after a crash at operation " + n + ", seed " + seed;
                long oldest = Segment.listAll(left, LogOnDisk.DIRECTORY, Segments.ARCHIVE)
                        .getFirst()
                        .first();
                assertThat(oldest).as(when).isLessThanOrEqualTo(options.equals(TINY) ? 1 : kept);
                try (LogOnDisk after = LogOnDisk.openAfter(left.copy(), oldest - 1)) {
                    assertThat(after.read()).as(when).isEqualTo(LogOnDisk.logged((int) oldest, EVENTS));
                }
                release(left, options, LATER);
                requireRest(left, options);
            }
        }
    }

    /** Releases the first segments, again when some time has passed. */
    private void release(SimDisk from, FileEventLog.Options options, Duration passes) {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(from, kept - 1, options, nanos::get)) {
            log.release(kept - 1);
            nanos.addAndGet(passes.toNanos());
            log.release(kept - 1);
        }
    }

    /** A start that needs nothing of what was released finds the rest. */
    private void requireRest(SimDisk from, FileEventLog.Options options) {
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(from, kept - 1, options)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged((int) kept, EVENTS));
        }
    }
}
