package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/** Where released segments go: how long they stay, and a start that needs them when they are damaged or missing. */
class ArchiveTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);
    private static final FileEventLog.Options AN_HOUR = LogOnDisk.keeping(Duration.ofHours(1));
    private static final FileEventLog.Options NOT_AT_ALL = LogOnDisk.keeping(Duration.ZERO);
    private static final int EVENTS = 12;
    private static final int RELEASED_SEGMENTS = 4;

    private final SimDisk disk = LogOnDisk.written(EVENTS, TINY);
    private final List<Segment> before = Segments.of(disk);
    private final long kept = before.get(RELEASED_SEGMENTS).first();

    @Test
    void keepsNothingWhenItIsToKeepNothing() {
        release(disk, NOT_AT_ALL, LogOnDisk.LATER);

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
        release(disk, TINY, Instant.EPOCH);
        assertThat(Segments.archived(disk)).hasSize(RELEASED_SEGMENTS);
        for (int young = 1; young <= EVENTS; young++) {
            SimDisk copy = disk.copy();
            int event = young;
            Instant now = Instant.ofEpochMilli(LogOnDisk.event(young).atMs()).plus(Duration.ofHours(1));
            release(copy, AN_HOUR, now);
            List<Long> left = Segments.firsts(before.subList(0, RELEASED_SEGMENTS)).stream()
                    .filter(first -> after(first) >= event)
                    .toList();
            assertThat(Segments.firsts(Segments.archived(copy)))
                    .as("event " + young)
                    .isEqualTo(left);
            requireRest(copy, AN_HOUR);
        }
    }

    /** The first sequence after a segment. */
    private long after(long first) {
        return before.get(Segments.firsts(before).indexOf(first) + 1).first();
    }

    @Test
    void dropsOldSegmentsBeforeOneThatBeginsWithALostEvent() throws IOException {
        Segments.damage(disk, before.get(3), 0);
        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();

        release(disk, AN_HOUR, LogOnDisk.LATER);

        assertThat(Segments.archived(disk)).isEmpty();
        requireRest(disk, AN_HOUR);
    }

    @Test
    void replacesACopyThatWasCutOff() throws IOException {
        Path archived = before.getFirst().fileIn(Segments.ARCHIVE);
        disk.put(archived.resolveSibling(archived.getFileName() + ".tmp"), new byte[100_000]);

        release(disk, TINY, Instant.EPOCH);

        assertThat(disk.list(Segments.ARCHIVE)).hasSize(RELEASED_SEGMENTS).allMatch(name -> name.endsWith(".jsonl.gz"));
        requireAll(disk);
    }

    @Test
    void countsASegmentInBothPlacesOnce() throws IOException {
        SimDisk written = disk.copy();
        release(disk, TINY, Instant.EPOCH);
        Segment twice = before.get(RELEASED_SEGMENTS - 1);
        disk.put(twice.file(), written.read(twice.file()));

        requireAll(disk);
        release(disk, TINY, Instant.EPOCH);
        assertThat(Segments.of(disk)).isEqualTo(before.subList(RELEASED_SEGMENTS, before.size()));
        requireAll(disk);
    }

    @Test
    void namesAnArchivedFileThatIsCutWhenAStartNeedsIt() throws IOException {
        release(disk, TINY, Instant.EPOCH);
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
        release(disk, TINY, Instant.EPOCH);
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
        release(disk, TINY, Instant.EPOCH);
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
        release(disk, TINY, Instant.EPOCH);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        long archived = Segments.archived(disk).getLast().first();
        for (long after : new long[] {0, 1, kept - 1, EVENTS}) {
            assertThatThrownBy(() -> LogOnDisk.openOnlyAfter(disk, after, TINY, () -> Instant.EPOCH))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining(Math.max(archived, after) + " was acknowledged")
                    .hasMessageContaining("put the missing segment files back");
            assertThat(Segments.of(disk)).as("no new log").isEmpty();
        }
    }

    /** As the refusal says. */
    @Test
    void goesOnBehindTheArchiveWhenOnlyItIsLeftAndDamageIsQuarantined() {
        release(disk, TINY, Instant.EPOCH);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        for (long after : new long[] {0, 1, kept - 1, EVENTS}) {
            SimDisk copy = disk.copy();
            long last = Math.max(after, kept - 1);
            try (LogOnDisk log = LogOnDisk.openOnlyAfter(copy, after, LogOnDisk.QUARANTINE, () -> Instant.EPOCH)) {
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
        release(disk, TINY, Instant.EPOCH);
        disk.list(LogOnDisk.DIRECTORY).forEach(name -> disk.remove(LogOnDisk.DIRECTORY.resolve(name)));
        Segment old = before.getFirst();
        disk.put(old.file(), written.read(old.file()));
        SimDisk left = disk.copy();

        for (FileEventLog.Options options : List.of(TINY, LogOnDisk.QUARANTINE)) {
            for (long after : new long[] {0, kept - 1, EVENTS}) {
                assertThatThrownBy(() -> LogOnDisk.openOnlyAfter(disk, after, options, () -> Instant.EPOCH))
                        .isInstanceOf(LogDamagedException.class)
                        .hasMessageContaining("put the missing segment files back");
                assertThat(Segments.files(disk)).isEqualTo(Segments.files(left));
            }
        }
    }

    /** Releases the first segments. */
    private void release(SimDisk from, FileEventLog.Options options, Instant now) {
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(from, kept - 1, options, () -> now)) {
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
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(from, kept - 1, options, () -> Instant.EPOCH)) {
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
