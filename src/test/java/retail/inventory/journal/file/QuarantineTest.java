package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;

/** What {@code --inventory.recovery=quarantine} makes of a damaged log. */
class QuarantineTest {

    private static final FileEventLog.Options TINY = LogOnDisk.segmentsOf(520);
    private static final Path LETTERS = LogOnDisk.DEAD_LETTERS.resolve("log.jsonl");

    @Test
    void keepsTheDamagedLineAndGoesOnWithoutItsEvent() throws IOException {
        for (int damaged = 1; damaged <= 6; damaged++) {
            SimDisk disk = LogOnDisk.written(6);
            damage(disk, LogOnDisk.segment(1), damaged);
            assertThatThrownBy(() -> LogOnDisk.open(disk)).isInstanceOf(LogDamagedException.class);

            List<Event> left = new ArrayList<>(LogOnDisk.logged(1, 6));
            left.remove(damaged - 1);
            try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
                assertThat(log.read()).isEqualTo(left);
                assertThat(log.recovered().repairs())
                        .singleElement()
                        .asString()
                        .startsWith("1 acknowledged events of " + LogOnDisk.segment(1));
                assertThat(log.appendDurably(LogOnDisk.event(7))).isEqualTo(7);
            }
            left.add(LogOnDisk.logged(7));
            assertThat(text(disk, LETTERS)).contains("line " + (1 + damaged)).contains("\"bytes\":\"");
            assertThat(text(disk, LogOnDisk.segment(1)))
                    .contains("{\"sequence\":" + damaged + ",\"type\":\"QUARANTINED\"");
            try (LogOnDisk strict = LogOnDisk.open(disk)) {
                assertThat(strict.read()).isEqualTo(left);
                assertThat(strict.recovered().repairs()).isEmpty();
            }
        }
    }

    @Test
    void fillsTheGapOfAMissingSegment() {
        SimDisk disk = LogOnDisk.written(20, TINY);
        String missing = disk.list(LogOnDisk.DIRECTORY).get(3);
        disk.remove(LogOnDisk.DIRECTORY.resolve(missing));

        int read;
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            read = log.read().size();
            assertThat(log.recovered().durableSequence()).isEqualTo(20);
            assertThat(log.recovered().repairs())
                    .singleElement()
                    .asString()
                    .contains(20 - read + " acknowledged events");
        }
        try (LogOnDisk strict = LogOnDisk.open(disk)) {
            assertThat(strict.read()).hasSize(read).hasSizeLessThan(20);
            assertThat(strict.recovered().durableSequence()).isEqualTo(20);
        }
    }

    @Test
    void fillsTheGapUpToTheMark() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        List<byte[]> lines = Segments.events(disk, LogOnDisk.segment(1));
        Segments.putEvents(disk, LogOnDisk.segment(1), lines.subList(0, 4));

        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 4));
            assertThat(log.recovered().durableSequence()).isEqualTo(6);
            assertThat(log.appendDurably(LogOnDisk.event(7))).isEqualTo(7);
        }
    }

    @Test
    void losesNothingOfAWholeLogWithATornTail() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        List<byte[]> lines = new ArrayList<>(LogOnDisk.lines(disk, LogOnDisk.segment(1)));
        lines.add("{\"sequence\":7,".getBytes(StandardCharsets.US_ASCII));
        disk.put(LogOnDisk.segment(1), LogOnDisk.join(lines));

        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 6));
            assertThat(log.recovered().repairs()).singleElement().asString().contains("never acknowledged");
        }
        assertThat(disk.list(LogOnDisk.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void keepsATornTailBehindDamageToo() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        damage(disk, LogOnDisk.segment(1), 3);
        List<byte[]> lines = new ArrayList<>(LogOnDisk.lines(disk, LogOnDisk.segment(1)));
        lines.add("{\"sequence\":7,\"torn".getBytes(StandardCharsets.US_ASCII));
        disk.put(LogOnDisk.segment(1), LogOnDisk.join(lines));

        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();

        StringBuilder kept = new StringBuilder(text(disk, LETTERS));
        for (String name : disk.list(LogOnDisk.DIRECTORY)) {
            kept.append(text(disk, LogOnDisk.DIRECTORY.resolve(name)));
        }
        assertThat(kept.toString().replace("\\", "")).contains("{\"sequence\":7,\"torn");
    }

    private static void damage(SimDisk disk, Path file, int line) throws IOException {
        List<byte[]> lines = LogOnDisk.lines(disk, file);
        lines.get(line)[40] ^= 1;
        disk.put(file, LogOnDisk.join(lines));
    }

    private static String text(SimDisk disk, Path file) throws IOException {
        return new String(disk.read(file), StandardCharsets.UTF_8);
    }
}
