package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;

/** What a start tells of the log it read, and what it keeps of what it had to cut or replace. */
class RecoveryReportTest {

    private static final FileEventLog.Options TINY = LogOnDisk.segmentsOf(520);
    private static final Path LETTERS = LogOnDisk.DEAD_LETTERS.resolve("log.jsonl");

    @Test
    void tellsHowMuchItRead() throws IOException {
        for (FileEventLog.Options options : List.of(TINY, LogOnDisk.OPTIONS)) {
            SimDisk disk = LogOnDisk.written(9, options);
            long bytes = 0;
            for (Segment segment : Segments.of(disk)) {
                bytes += disk.read(segment.file()).length;
            }
            try (LogOnDisk log = LogOnDisk.open(disk, options)) {
                assertThat(log.recovered().events()).isEqualTo(9);
                assertThat(log.recovered().bytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void keepsTheBytesOfATornLineAndGoesOnBeforeThem() throws IOException {
        SimDisk disk = LogOnDisk.written(5);
        disk.remove(LogOnDisk.MARK);
        byte[] whole = disk.read(LogOnDisk.segment(1));
        int lastLine = LogOnDisk.lines(disk, LogOnDisk.segment(1)).getLast().length;
        byte[] cut = Arrays.copyOf(whole, whole.length - 10);
        disk.put(LogOnDisk.segment(1), cut);

        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 4));
            assertThat(log.recovered().repairs())
                    .singleElement()
                    .asString()
                    .contains((lastLine - 10) + " bytes after sequence 4");
            assertThat(log.appendDurably(LogOnDisk.event(6))).isEqualTo(5);
        }
        String torn = disk.list(LogOnDisk.DIRECTORY).stream()
                .filter(name -> name.endsWith(".torn-" + (whole.length - lastLine)))
                .findFirst()
                .orElseThrow();
        assertThat(disk.read(LogOnDisk.DIRECTORY.resolve(torn)))
                .isEqualTo(Arrays.copyOfRange(cut, whole.length - lastLine, cut.length));
        try (LogOnDisk again = LogOnDisk.open(disk)) {
            assertThat(again.read().subList(0, 4)).isEqualTo(LogOnDisk.logged(1, 4));
            assertThat(again.read()).hasSize(5);
        }
    }

    @Test
    void saysWhatToDoAboutDamage() throws IOException {
        SimDisk disk = LogOnDisk.written(5);
        Segments.damage(disk, new Segment(1, LogOnDisk.segment(1)), 2);
        assertThatThrownBy(() -> LogOnDisk.open(disk))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("line 4")
                .hasMessageContaining("Put the file back from a copy")
                .hasMessageContaining("--inventory.recovery=quarantine");
    }

    /** The later lines prove what was acknowledged. */
    @Test
    void quarantineNeedsNoMarkToKeepWhatStandsBehindDamage() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        disk.remove(LogOnDisk.MARK);
        Segments.damage(disk, new Segment(1, LogOnDisk.segment(1)), 2);
        List<Event> left = new ArrayList<>(LogOnDisk.logged(1, 6));
        left.remove(2);

        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.read()).isEqualTo(left);
        }
        assertThat(new String(disk.read(LETTERS), StandardCharsets.UTF_8)).contains("line 4");
    }

    @Test
    void quarantineKeepsALineThatIsThereTwice() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        List<byte[]> lines = Segments.events(disk, LogOnDisk.segment(1));
        lines.add(3, lines.get(1));
        Segments.putEvents(disk, LogOnDisk.segment(1), lines);

        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 6));
            assertThat(log.recovered().repairs()).singleElement().asString().startsWith("0 acknowledged events");
        }
        assertThat(new String(disk.read(LETTERS), StandardCharsets.UTF_8))
                .contains("sequence 2 is there already", "line 5");
        byte[] letters = disk.read(LETTERS);
        for (int seed = 0; seed < 10; seed++) {
            SimDisk after = disk.crash(new Random(seed));
            assertThat(after.read(LETTERS)).as("kept through a power cut").isEqualTo(letters);
            LogOnDisk.requireEvents(after, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void quarantineChangesNothingOfAWholeLog() throws IOException {
        SimDisk disk = LogOnDisk.written(9, TINY);
        var before = Segments.files(disk);
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 9));
            assertThat(log.recovered().repairs()).isEmpty();
        }
        assertThat(Segments.files(disk)).isEqualTo(before);
        assertThat(disk.list(LogOnDisk.DEAD_LETTERS)).isEmpty();
    }
}
