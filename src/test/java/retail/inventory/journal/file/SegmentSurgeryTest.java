package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.journal.LogDamagedException;

/** What a start makes of damage anywhere in a log of several segments, with the mark and without it. */
class SegmentSurgeryTest {

    /** Two or three events fill a segment. */
    private static final FileEventLog.Options TINY = LogOnDisk.segmentsOf(520);

    private static final int EVENTS = 8;

    private final SimDisk written = LogOnDisk.written(EVENTS, TINY);
    private final List<Segment> segments = Segments.of(written);

    @Test
    void refusesEveryFlippedBitOfASegmentThatAnotherOneFollows() throws IOException {
        int bits = 0;
        for (Segment segment : followed()) {
            bits += Surgery.everyBit(written.read(segment.file()), (how, bytes) -> refuses(segment, bytes, how));
        }
        Surgery.report("flipped bits", bits);
    }

    @Test
    void refusesEveryCutOfASegmentThatAnotherOneFollows() throws IOException {
        int cuts = 0;
        for (Segment segment : followed()) {
            cuts += Surgery.everyCut(written.read(segment.file()), (how, bytes) -> refuses(segment, bytes, how));
        }
        Surgery.report("cuts", cuts);
    }

    @Test
    void refusesASegmentInThePlaceOfAnother() throws IOException {
        for (Segment place : segments) {
            for (Segment other : segments) {
                if (!place.equals(other)) {
                    refuses(place, written.read(other.file()), "replaced by " + other.file());
                }
            }
        }
    }

    /** Nothing but the lines themselves prove what was acknowledged, so the last one may be lost: never others, no other. */
    @Test
    void readsAnExactPrefixOrRefusesWhenABitFlipsAndTheMarkIsGone() throws IOException {
        SimDisk unmarked = LogOnDisk.written(EVENTS);
        unmarked.remove(LogOnDisk.MARK);
        int[] cut = new int[1];
        int bits = Surgery.everyBit(unmarked.read(LogOnDisk.segment(1)), (how, bytes) -> {
            SimDisk disk = unmarked.copy();
            disk.put(LogOnDisk.segment(1), bytes);
            try (LogOnDisk log = LogOnDisk.open(disk)) {
                assertThat(log.read()).as(how).isIn(LogOnDisk.logged(1, EVENTS - 1), LogOnDisk.logged(1, EVENTS - 2));
                assertThat(log.recovered().repairs()).as(how).isNotEmpty();
                cut[0]++;
            } catch (LogDamagedException refused) {
                // the lines behind it prove that it was acknowledged
            }
        });
        int lastLine = LogOnDisk.lines(unmarked, LogOnDisk.segment(1)).getLast().length;
        assertThat(cut[0])
                .as("flips in the last line, and in the line end before it")
                .isEqualTo(8 * (lastLine + 1));
        Surgery.report("flipped bits without a mark", bits);
    }

    /** What is read ahead of the damage is handed over before it is found; a start that is refused throws it away. */
    private void refuses(Segment segment, byte[] bytes, String how) throws IOException {
        SimDisk disk = written.copy();
        disk.put(segment.file(), bytes);
        assertThatThrownBy(() -> LogOnDisk.open(disk, TINY).close())
                .as(segment.file() + ", " + how)
                .isInstanceOf(LogDamagedException.class);
        assertThat(Segments.files(disk).keySet())
                .as("nothing is cut off: " + segment.file() + ", " + how)
                .isEqualTo(Segments.files(written).keySet());
    }

    private List<Segment> followed() {
        assertThat(segments).hasSizeGreaterThan(2);
        return segments.subList(0, segments.size() - 1);
    }
}
