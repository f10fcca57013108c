package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.EventFeed.Batch;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException;

/** How the log treats its files: it reads no more than it needs, and lets go of what it has opened. */
class FilesOfTheLogTest {

    private static final int EVENTS = 12_000;

    /** What eight probes of a search and one window come to. */
    private static final long SEARCH_BYTES_MAX =
            8L * SegmentSearch.SHORT_LINE_BYTES + SegmentScanner.SMALL_WINDOW_BYTES;

    private static final SimDisk LARGE = new SimDisk();

    @BeforeAll
    static void writesOneLargeSegment() {
        LineEncoder lines = new LineEncoder();
        for (int i = 1; i <= EVENTS; i++) {
            lines.event(i, i - 1, LogOnDisk.event(i));
        }
        ByteBuffer encoded = lines.bytes();
        byte[] content = new byte[encoded.remaining()];
        encoded.get(content);
        assertThat(content.length).isGreaterThan(20 * SegmentScanner.SMALL_WINDOW_BYTES);
        LARGE.put(LogOnDisk.segment(1), content);
    }

    @Test
    void findsAnyPlaceOfALargeSegmentByReadingLittle() {
        for (int after = 0; after < EVENTS; after += 371) {
            WatchedFiles disk = new WatchedFiles(LARGE);
            Batch batch = new SegmentFeed(disk, LogOnDisk.DIRECTORY).read(after, EVENTS, 1);
            assertThat(batch.events()).containsExactly(LogOnDisk.logged(after + 1));
            assertThat(disk.bytesRead()).as("after " + after).isLessThanOrEqualTo(SEARCH_BYTES_MAX);
            assertThat(disk.open()).as("files left open").isZero();
        }
    }

    @Test
    void goesOnWhereItStoppedWithoutASearch() {
        WatchedFiles disk = new WatchedFiles(LARGE);
        SegmentFeed feed = new SegmentFeed(disk, LogOnDisk.DIRECTORY);
        feed.read(7000, EVENTS, 10);
        disk.bytesRead();
        for (int after = 7010; after < 7100; after += 10) {
            assertThat(feed.read(after, EVENTS, 10).events()).isEqualTo(LogOnDisk.logged(after + 1, after + 10));
            assertThat(disk.bytesRead()).isLessThanOrEqualTo(SegmentScanner.SMALL_WINDOW_BYTES);
        }
    }

    @Test
    void readsFromTheSegmentsBeginningWithoutASearch() {
        WatchedFiles disk = new WatchedFiles(LARGE);
        new SegmentFeed(disk, LogOnDisk.DIRECTORY).read(0, EVENTS, 1);
        assertThat(disk.bytesRead()).isLessThanOrEqualTo(SegmentScanner.SMALL_WINDOW_BYTES);
    }

    @Test
    void saysThatTheStorageFailsWhenItCannotBeRead() {
        SimDisk disk = LogOnDisk.written(3);
        disk.hook(DiskHook.failing(DiskHook.Operation.OPEN, 1));
        assertThatThrownBy(() -> Segments.feed(disk).read(0, 3, 1))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("injected");
    }

    @Test
    void leavesNoFileOpen() throws IOException {
        SimDisk sim = new SimDisk();
        WatchedFiles disk = new WatchedFiles(sim);
        for (int life = 0; life < 3; life++) {
            try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.segmentsOf(520))) {
                for (int i = 1; i <= 6; i++) {
                    log.appendDurably(LogOnDisk.event(10 * life + i));
                }
                assertThat(disk.open())
                        .as("the segment that is written, and the mark")
                        .isEqualTo(2);
            }
            assertThat(disk.open()).as("after life " + life).isZero();
        }
        Segments.damage(sim, Segments.of(sim).get(2), 0);
        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();
        assertThat(disk.open()).as("after a quarantine").isZero();
        sim.list(LogOnDisk.DIRECTORY).stream()
                .filter(name -> name.endsWith(".jsonl"))
                .forEach(name -> sim.remove(LogOnDisk.DIRECTORY.resolve(name)));
        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();
        assertThat(disk.open()).as("after a quarantine of everything").isZero();
    }

    @Test
    void leavesNothingBehindWhenItHasReopenedAfterAFailure() {
        SimDisk sim = new SimDisk();
        WatchedFiles disk = new WatchedFiles(sim);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            sim.hook(DiskHook.failing(DiskHook.Operation.FORCE, 1));
            log.appendAndWait(LogOnDisk.event(2));
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(3))).isEqualTo(2);
            assertThat(disk.open()).as("the new segment, and the mark").isEqualTo(2);
        }
        assertThat(disk.open()).isZero();
        assertThat(sim.list(LogOnDisk.DIRECTORY))
                .containsExactlyElementsOf(
                        List.of("00000000000000000001.jsonl", "00000000000000000002.jsonl", "durable", "identity"));
    }

    @Test
    void marksWhatItFoundAtAStart() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        disk.remove(LogOnDisk.MARK);
        LogOnDisk.open(disk).close();
        assertThat(DurableMark.read(disk, LogOnDisk.DIRECTORY)).isEqualTo(6);
    }
}
