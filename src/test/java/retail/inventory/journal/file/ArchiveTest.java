package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/** Where released segments go: how long they stay, and a start that needs them when they are damaged or missing. */
class ArchiveTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);
    private static final FileEventLog.Options AN_HOUR = LogOnDisk.keeping(Duration.ofHours(1));
    private static final FileEventLog.Options NOT_AT_ALL = LogOnDisk.keeping(Duration.ZERO);
    private static final long AN_HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Duration LATER = Duration.ofDays(1);
    private static final int EVENTS = 12;
    private static final int RELEASED_SEGMENTS = 4;

    private final SimDisk disk = LogOnDisk.written(EVENTS, TINY);
    private final List<Segment> before = Segments.of(disk);
    private final long kept = before.get(RELEASED_SEGMENTS).first();

    @Test
    void keepsNothingWhenItIsToKeepNothing() {
        release(disk, NOT_AT_ALL, LATER);

        assertThat(disk.list(Segments.ARCHIVE)).isEmpty();
        assertThat(Segments.of(disk)).isEqualTo(before.subList(RELEASED_SEGMENTS, before.size()));
        assertThatThrownBy(() -> LogOnDisk.open(disk, NOT_AT_ALL))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("begins at sequence " + kept)
                .hasMessageContaining("put the older segment files back")
                .hasMessageContaining("restore");
        requireRest(disk, NOT_AT_ALL);
    }

    @Test
    void dropsWhatIsOlderThanItIsToBeKept() {
        release(disk, TINY, Duration.ZERO);
        assertThat(Segments.archived(disk)).hasSize(RELEASED_SEGMENTS);
        for (int ms = 0; ms <= EVENTS; ms++) { // an event a millisecond
            SimDisk copy = disk.copy();
            long elapsedMs = AN_HOUR_MS - ms;
            release(copy, AN_HOUR, Duration.ofMillis(elapsedMs));
            List<Long> left = Segments.firsts(before.subList(0, RELEASED_SEGMENTS)).stream()
                    .filter(first -> ageMs(first) + elapsedMs < AN_HOUR_MS)
                    .toList();
            assertThat(Segments.firsts(Segments.archived(copy)))
                    .as(elapsedMs + " ms later")
                    .isEqualTo(left);
            requireRest(copy, AN_HOUR);
        }
    }

    /** How long before the log's end a segment ended, by the first events of those behind it; the longest step may be a leap. */
    private long ageMs(long first) {
        List<Long> behind =
                Segments.firsts(before).stream().filter(each -> each > first).toList();
        long longest = 0;
        for (int i = 1; i < behind.size(); i++) {
            longest = Math.max(longest, behind.get(i) - behind.get(i - 1));
        }
        return behind.getLast() - behind.getFirst() - longest;
    }

    @Test
    void dropsOldSegmentsBeforeOneThatBeginsWithALostEvent() throws IOException {
        Segments.damage(disk, before.get(3), 0);
        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();

        release(disk, AN_HOUR, LATER);

        assertThat(Segments.archived(disk)).isEmpty();
        requireRest(disk, AN_HOUR);
    }

    @Test
    void replacesACopyThatWasCutOff() throws IOException {
        Path archived = before.getFirst().fileIn(Segments.ARCHIVE);
        disk.put(archived.resolveSibling(archived.getFileName() + ".tmp"), new byte[100_000]);

        release(disk, TINY, Duration.ZERO);

        assertThat(disk.list(Segments.ARCHIVE)).hasSize(RELEASED_SEGMENTS).allMatch(name -> name.endsWith(".jsonl.gz"));
        requireAll(disk);
    }

    @Test
    void countsASegmentInBothPlacesOnce() throws IOException {
        SimDisk written = disk.copy();
        release(disk, TINY, Duration.ZERO);
        Segment twice = before.get(RELEASED_SEGMENTS - 1);
        disk.put(twice.file(), written.read(twice.file()));

        requireAll(disk);
        release(disk, TINY, Duration.ZERO);
        assertThat(Segments.of(disk)).isEqualTo(before.subList(RELEASED_SEGMENTS, before.size()));
        requireAll(disk);
    }

    @Test
    void namesAnArchivedFileThatIsCutWhenAStartNeedsIt() throws IOException {
        release(disk, TINY, Duration.ZERO);
        Path file = Segments.archived(disk).get(2).file();
        byte[] whole = disk.read(file);
        for (int length = 0; length < whole.length; length++) {
            disk.put(file, Arrays.copyOf(whole, length));
            requireRefused(() -> LogOnDisk.open(disk, TINY), file);
        }
        requireRest(disk, TINY);
    }

    @Test
    void namesAnArchivedFileThatIsDamagedWhenAStartNeedsIt() throws IOException {
        release(disk, TINY, Duration.ZERO);
        Path file = Segments.archived(disk).get(2).file();
        byte[] whole = disk.read(file);
        int harmless = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            disk.put(file, damaged);
            if (catchThrowable(() -> requireAll(disk)) == null) {
                harmless++;
            } else {
                requireRefused(() -> LogOnDisk.open(disk, TINY), file);
            }
        }
        assertThat(harmless).as("the header and the padding say nothing").isBetween(1, 10);
        requireRest(disk, TINY);
    }

    @Test
    void refusesToStartWithoutAnArchivedFileInTheMiddle() {
        release(disk, TINY, Duration.ZERO);
        List<Segment> archived = Segments.archived(disk);
        disk.remove(archived.get(2).file());

        assertThatThrownBy(() -> LogOnDisk.open(disk, TINY))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(archived.get(1).file().toString())
                .hasMessageContaining(
                        "next segment begins at " + archived.get(3).first());
        requireRest(disk, TINY);
    }

    @Test
    void refusesToStartEmptyWhenOnlyTheArchiveIsLeft() {
        release(disk, TINY, Duration.ZERO);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        long archived = Segments.archived(disk).getLast().first();
        for (long after : new long[] {0, 1, kept - 1, EVENTS}) {
            assertThatThrownBy(() -> LogOnDisk.openOnlyAfter(disk, after, TINY))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining(Math.max(archived, after) + " was acknowledged")
                    .hasMessageContaining("put the missing segment files back");
            assertThat(Segments.of(disk)).as("no new log").isEmpty();
        }
    }

    /** As the refusal says. */
    @Test
    void goesOnBehindTheArchiveWhenOnlyItIsLeftAndDamageIsQuarantined() {
        release(disk, TINY, Duration.ZERO);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        for (long after : new long[] {0, 1, kept - 1, EVENTS}) {
            SimDisk copy = disk.copy();
            long last = Math.max(after, kept - 1);
            try (LogOnDisk log = LogOnDisk.openOnlyAfter(copy, after, LogOnDisk.QUARANTINE)) {
                assertThat(log.recovered().durableSequence()).isEqualTo(last);
                assertThat(log.appendDurably(LogOnDisk.event((int) last + 1))).isEqualTo(last + 1);
            }
            try (LogOnDisk log = LogOnDisk.open(copy, TINY)) {
                assertThat(log.read())
                        .startsWith(LogOnDisk.logged(1, (int) kept - 1).toArray(Event[]::new))
                        .endsWith(LogOnDisk.logged((int) last + 1))
                        .hasSize((int) kept);
            }
        }
    }

    /** An old copy of the log was put back beside the archive of a later one. */
    @Test
    void refusesToStartWhenTheArchiveGoesFurtherThanTheLog() throws IOException {
        SimDisk written = disk.copy();
        release(disk, TINY, Duration.ZERO);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        Segment old = before.getFirst();
        disk.put(old.file(), written.read(old.file()));
        SimDisk left = disk.copy();

        for (FileEventLog.Options options : List.of(TINY, LogOnDisk.QUARANTINE)) {
            for (long after : new long[] {0, kept - 1, EVENTS}) {
                assertThatThrownBy(() -> LogOnDisk.openOnlyAfter(disk, after, options))
                        .isInstanceOf(LogDamagedException.class)
                        .hasMessageContaining("put the missing segment files back");
                assertThat(Segments.files(disk)).isEqualTo(Segments.files(left));
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

    private static void requireAll(SimDisk from) {
        try (LogOnDisk log = LogOnDisk.open(from, TINY)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, EVENTS));
        }
    }

    /** A start that needs nothing of what was released finds the rest. */
    private void requireRest(SimDisk from, FileEventLog.Options options) {
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(from, kept - 1, options)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged((int) kept, EVENTS));
        }
    }

    private static void requireRefused(ThrowingCallable start, Path file) {
        @Nullable Throwable refused = catchThrowable(start);
        assertThat(refused)
                .isInstanceOfAny(LogUnavailableException.class, LogDamagedException.class)
                .hasMessageContaining(file.toString());
    }
}
