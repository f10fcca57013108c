package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;

class RecoveryTest {

    /** Two events fill a segment. */
    private static final FileEventLog.Options TINY = LogOnDisk.segmentsOf(520);

    @Test
    void startsEmptyWhereThereWasNothing() {
        try (LogOnDisk log = LogOnDisk.open(new SimDisk())) {
            assertThat(log.read()).isEmpty();
            assertThat(log.recovered().durableSequence()).isZero();
        }
    }

    @Test
    void readsBackManySegments() throws IOException {
        SimDisk disk = LogOnDisk.written(20, TINY);

        assertThat(segments(disk)).hasSizeGreaterThan(5);
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 20));
            assertThat(log.recovered().repairs()).isEmpty();
            assertThat(log.appendDurably(LogOnDisk.event(21))).isEqualTo(21);
        }
    }

    @Test
    void skipsSegmentsThatTheReaderHas() throws IOException {
        SimDisk disk = LogOnDisk.written(20, TINY);
        disk.remove(LogOnDisk.segment(1));

        try (LogOnDisk log = LogOnDisk.openAfter(disk, 20)) {
            assertThat(log.recovered().durableSequence()).isEqualTo(20);
        }
    }

    @Test
    void refusesALogWithoutAMiddleSegment() throws IOException {
        SimDisk disk = LogOnDisk.written(20, TINY);
        String missing = segments(disk).get(3);
        disk.remove(LogOnDisk.DIRECTORY.resolve(missing));

        assertThatThrownBy(() -> LogOnDisk.open(disk, TINY))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(segments(disk).get(2))
                .hasMessageContaining("sequence " + (Long.parseLong(missing.substring(0, 20)) - 1));
    }

    @Test
    void refusesALogWithoutItsFirstSegment() {
        SimDisk disk = LogOnDisk.written(20, TINY);
        disk.remove(LogOnDisk.segment(1));

        assertThatThrownBy(() -> LogOnDisk.open(disk, TINY))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("events from 1 on");
    }

    @Test
    void refusesALogWithoutItsLastSegment() throws IOException {
        SimDisk disk = LogOnDisk.written(20, TINY);
        disk.remove(LogOnDisk.DIRECTORY.resolve(segments(disk).getLast()));

        assertThatThrownBy(() -> LogOnDisk.open(disk, TINY))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("20 was acknowledged");
    }

    @Test
    void refusesToStartEmptyWhenTheInventoryFilesKnowMore() {
        assertThatThrownBy(() -> LogOnDisk.openAfter(new SimDisk(), 7))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("7 was acknowledged");
    }

    @Test
    void refusesALogThatEndsBeforeTheInventoryFiles() {
        SimDisk disk = LogOnDisk.written(5);

        assertThatThrownBy(() -> LogOnDisk.openAfter(disk, 6))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(LogOnDisk.segment(1).toString())
                .hasMessageContaining("sequence 5");
    }

    @Test
    void cutsATornBatchEvenWhenItsLaterLinesAreWhole() throws IOException {
        SimDisk disk = LogOnDisk.written(3);
        byte[] before = disk.read(LogOnDisk.segment(1));
        LineEncoder batch = new LineEncoder();
        for (int i = 4; i <= 8; i++) {
            batch.event(i, i == 4 ? 3 : LineEncoder.NO_CLAIM, LogOnDisk.event(i));
        }
        byte[] torn = Arrays.copyOf(before, before.length + batch.bytes().remaining());
        batch.bytes().get(torn, before.length, torn.length - before.length);
        int inTheFifth = new String(torn, StandardCharsets.US_ASCII).indexOf("\"sequence\":5") + 30;
        Arrays.fill(torn, inTheFifth, inTheFifth + 20, (byte) 0);
        disk.put(LogOnDisk.segment(1), torn);

        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 4));
            assertThat(log.recovered().repairs()).singleElement().asString().contains("never acknowledged");
            assertThat(log.appendDurably(LogOnDisk.event(100))).isEqualTo(5);
        }
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).hasSize(5).startsWith(LogOnDisk.logged(1, 4).toArray(Event[]::new));
            assertThat(log.recovered().repairs()).isEmpty();
        }
    }

    @Test
    void voidsWhatStandsPastTheNextSegmentsFirstSequence() throws IOException {
        SimDisk disk = LogOnDisk.written(3);
        List<byte[]> lines = new ArrayList<>(LogOnDisk.lines(disk, LogOnDisk.segment(1)));
        LineEncoder next = new LineEncoder();
        next.event(3, 2, LogOnDisk.event(50));
        byte[] third = new byte[next.bytes().remaining()];
        next.bytes().get(third);
        disk.put(LogOnDisk.segment(3), LogOnDisk.join(List.of(Segments.header(disk, 3), third)));
        lines.add("garbage".getBytes(StandardCharsets.US_ASCII));
        disk.put(LogOnDisk.segment(1), LogOnDisk.join(lines));

        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).hasSize(3).startsWith(LogOnDisk.logged(1, 2).toArray(Event[]::new));
            assertThat(log.read().get(2).eventId())
                    .isEqualTo(LogOnDisk.event(50).eventId());
        }
    }

    @Test
    void makesDurableWhatItAnswers() throws IOException {
        SimDisk disk = LogOnDisk.written(3);
        LineEncoder tail = new LineEncoder();
        tail.event(4, 3, LogOnDisk.event(4));
        try (var file = disk.openForWrite(LogOnDisk.segment(1))) {
            file.append(tail.bytes()); // whole, but no force has reached it
        }
        SimDisk killed = disk.kill();

        LogOnDisk log = LogOnDisk.open(killed);
        assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 4));
        for (int seed = 0; seed < 20; seed++) {
            try (LogOnDisk after = LogOnDisk.open(killed.crash(new Random(seed)))) {
                assertThat(after.read()).as("seed " + seed).isEqualTo(LogOnDisk.logged(1, 4));
            }
        }
        log.close();
    }

    /** A process killed between the rename of a new segment and the sync of the directory leaves a name in memory only. */
    @Test
    void makesTheNameOfTheSegmentDurableBeforeItAppendsToIt() {
        SimDisk disk = new SimDisk();
        disk.hook((operation, path) -> {
            if (operation == DiskHook.Operation.SYNC) {
                throw new IOException("killed before the sync");
            }
        });
        SimDisk killed;
        try (LogOnDisk cutOff = LogOnDisk.open(disk)) {
            assertThat(cutOff.log().status().reason()).contains("killed before the sync");
            killed = disk.kill();
        }

        LogOnDisk log = LogOnDisk.open(killed);
        log.appendDurably(LogOnDisk.event(1));
        for (int seed = 0; seed < 20; seed++) {
            try (LogOnDisk after = LogOnDisk.open(killed.crash(new Random(seed)))) {
                assertThat(after.read()).as("seed " + seed).isEqualTo(LogOnDisk.logged(1, 1));
            }
        }
        log.close();
    }

    private static List<String> segments(SimDisk disk) {
        return disk.list(LogOnDisk.DIRECTORY).stream()
                .filter(name -> name.endsWith(".jsonl"))
                .toList();
    }
}
