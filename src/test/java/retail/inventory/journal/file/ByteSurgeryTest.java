package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;

/** What a start makes of a log whose bytes somebody or something changed. */
class ByteSurgeryTest {

    private static final int EVENTS = 6;

    private final SimDisk written = LogOnDisk.written(EVENTS);

    @Test
    void readsAnExactPrefixWhereverAnUnprovenTailIsCut() throws IOException {
        byte[] whole = written.read(LogOnDisk.segment(1));
        List<byte[]> lines = LogOnDisk.lines(written, LogOnDisk.segment(1));
        int lastThree = LogOnDisk.join(lines.subList(0, 1 + EVENTS - 3)).length;

        for (int length = lastThree; length <= whole.length; length++) {
            SimDisk disk = written.copy();
            disk.remove(LogOnDisk.MARK);
            byte[] cut = Arrays.copyOf(whole, length);
            disk.put(LogOnDisk.segment(1), cut);
            int wholeLines = Segments.events(disk, LogOnDisk.segment(1)).size();
            int torn = length - LogOnDisk.join(lines.subList(0, 1 + wholeLines)).length;

            try (LogOnDisk log = LogOnDisk.open(disk)) {
                assertThat(log.read()).as("cut at byte " + length).isEqualTo(LogOnDisk.logged(1, wholeLines));
                assertThat(log.appendDurably(LogOnDisk.event(100))).isEqualTo(wholeLines + 1);
            }
            assertThat(tornBytes(disk))
                    .as("cut at byte " + length)
                    .isEqualTo(Arrays.copyOfRange(cut, length - torn, length));
            try (LogOnDisk again = LogOnDisk.open(disk)) {
                assertThat(again.read())
                        .hasSize(wholeLines + 1)
                        .startsWith(LogOnDisk.logged(1, wholeLines).toArray(Event[]::new));
            }
        }
    }

    @Test
    void refusesALogThatEndsBeforeWhatTheMarkProves() throws IOException {
        byte[] whole = written.read(LogOnDisk.segment(1));

        for (int length = 0; length < whole.length; length++) {
            SimDisk disk = written.copy();
            disk.put(LogOnDisk.segment(1), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> LogOnDisk.open(disk))
                    .as("cut at byte " + length)
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining(LogOnDisk.segment(1).toString())
                    .hasMessageContaining("sequence");
        }
    }

    @Test
    void refusesEveryFlippedBit() throws IOException {
        byte[] whole = written.read(LogOnDisk.segment(1));

        for (int bit = 0; bit < whole.length * 8; bit++) {
            SimDisk disk = written.copy();
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.put(LogOnDisk.segment(1), flipped);

            assertThatThrownBy(() -> LogOnDisk.open(disk)).as("bit " + bit).isInstanceOf(LogDamagedException.class);
        }
    }

    @Test
    void needsNoMarkToRefuseDamageThatLaterLinesProve() throws IOException {
        List<byte[]> lines = LogOnDisk.lines(written, LogOnDisk.segment(1));
        int allButTheLast = LogOnDisk.join(lines.subList(0, EVENTS)).length;

        // not its line end: without that the two last lines are one, and nothing is left to prove that the first was
        // acknowledged
        for (int at = 0; at < allButTheLast - 1; at++) {
            SimDisk disk = written.copy();
            disk.remove(LogOnDisk.MARK);
            byte[] damaged = disk.read(LogOnDisk.segment(1));
            damaged[at] ^= 0x20;
            disk.put(LogOnDisk.segment(1), damaged);

            assertThatThrownBy(() -> LogOnDisk.open(disk)).as("byte " + at).isInstanceOf(LogDamagedException.class);
        }
    }

    @Test
    void startsWithWhatIsThereWhenOnlyTheMarkIsDamaged() throws IOException {
        byte[] mark = written.read(LogOnDisk.MARK);

        for (int bit = 0; bit < mark.length * 8; bit++) {
            SimDisk disk = written.copy();
            byte[] flipped = mark.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.put(LogOnDisk.MARK, flipped);

            try (LogOnDisk log = LogOnDisk.open(disk)) {
                assertThat(log.read()).as("bit " + bit).isEqualTo(LogOnDisk.logged(1, EVENTS));
            }
        }
    }

    @Test
    void refusesDroppedDuplicatedAndSwappedLines() throws IOException {
        List<byte[]> lines = LogOnDisk.lines(written, LogOnDisk.segment(1));
        for (int i = 0; i <= EVENTS; i++) {
            if (i > 0) { // without a header it is a log of format 1
                List<byte[]> dropped = new ArrayList<>(lines);
                dropped.remove(i);
                refuses(dropped, "dropped " + i);
            }
            if (i < EVENTS) {
                List<byte[]> swapped = new ArrayList<>(lines);
                swapped.set(i, lines.get(i + 1));
                swapped.set(i + 1, lines.get(i));
                refuses(swapped, "swapped " + i);
                List<byte[]> twice = new ArrayList<>(lines);
                twice.add(i, lines.get(i));
                refuses(twice, "duplicated " + i);
            }
        }
    }

    @Test
    void cutsADuplicateOfTheLastLine() throws IOException {
        List<byte[]> lines = new ArrayList<>(LogOnDisk.lines(written, LogOnDisk.segment(1)));
        lines.add(lines.getLast());
        SimDisk disk = written.copy();
        disk.put(LogOnDisk.segment(1), LogOnDisk.join(lines));

        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, EVENTS));
        }
        assertThat(tornBytes(disk)).isEqualTo(lines.getLast());
    }

    private void refuses(List<byte[]> lines, String how) {
        SimDisk disk = written.copy();
        disk.put(LogOnDisk.segment(1), LogOnDisk.join(lines));
        assertThatThrownBy(() -> LogOnDisk.open(disk)).as(how).isInstanceOf(LogDamagedException.class);
    }

    private static byte[] tornBytes(SimDisk disk) throws IOException {
        for (String name : disk.list(LogOnDisk.DIRECTORY)) {
            if (name.contains(".torn-")) {
                return disk.read(LogOnDisk.DIRECTORY.resolve(name));
            }
        }
        return new byte[0];
    }
}
