package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import retail.inventory.files.Checksum;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.journal.LogDamagedException;

/** The first line of a segment: what wrote it, and which log it is of. */
class SegmentHeaderTest {

    private static final FileEventLog.Options TINY = LogOnDisk.segmentsOf(520);
    private static final Path IDENTITY = LogOnDisk.DIRECTORY.resolve("identity");
    private static final int EVENTS = 9;

    private final SimDisk disk = LogOnDisk.written(EVENTS, TINY);

    @Test
    void isInEverySegmentWithTheLogItsFormatAndItsFirstSequence() throws IOException {
        assertThat(Segments.of(disk)).hasSizeGreaterThan(3);
        for (Segment segment : Segments.of(disk)) {
            byte[] line = LogOnDisk.lines(disk, segment.file()).getFirst();
            assertThat(new String(line, StandardCharsets.UTF_8))
                    .startsWith("{\"logId\":\"" + LogIdentity.read(disk, LogOnDisk.DIRECTORY)
                            + "\",\"format\":2,\"first\":" + segment.first() + ",\"ts\":\"")
                    .endsWith("\"}\n");
            assertThat(line).isEqualTo(Segments.header(disk, segment.first()));
        }
    }

    @Test
    void isKeptInTheArchive() throws IOException {
        List<byte[]> headers = List.of(Segments.header(disk, 1));
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            log.release(EVENTS);
        }
        Segment archived = Segments.archived(disk).getFirst();
        assertThat(Segments.unpacked(disk, archived)).startsWith(Segments.text(headers.getFirst()));
        LogOnDisk.requireEvents(disk, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aLogOfFormat1GoesOnUnderItsIdInASegmentOfItsOwn() throws IOException {
        withoutHeaders(disk);
        String id = LogIdentity.read(disk, LogOnDisk.DIRECTORY);
        Map<String, String> before = Segments.files(disk);
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, EVENTS));
            assertThat(log.log().logId()).isEqualTo(id);
            assertThat(log.appendDurably(LogOnDisk.event(10))).isEqualTo(10);
        }
        assertThat(Segments.files(disk)).containsAllEntriesOf(withoutMark(before));
        assertThat(disk.read(LogOnDisk.segment(10))).startsWith(Segments.header(disk, 10));
        LogOnDisk.requireEvents(disk, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void aLogOfFormat1ThatHasNoEventYetGetsOneInPlace() throws IOException {
        SimDisk empty = LogOnDisk.written(0);
        withoutHeaders(empty);
        LogOnDisk.open(empty).close();
        assertThat(empty.read(LogOnDisk.segment(1))).isEqualTo(Segments.header(empty, 1));
    }

    @Test
    void aNewerFormatIsRefusedWithASentenceAndTouchedByNobody() throws IOException {
        for (Segment segment : Segments.of(disk)) {
            SimDisk newer = disk.copy();
            String header = Segments.text(LogOnDisk.lines(newer, segment.file()).getFirst());
            replaceHeader(newer, segment.file(), sealed(header.replace("\"format\":2", "\"format\":3,\"more\":[]")));
            Map<String, String> before = Segments.files(newer);
            for (FileEventLog.Options options : List.of(TINY, LogOnDisk.QUARANTINE)) {
                assertThatThrownBy(() -> LogOnDisk.open(newer, options))
                        .isInstanceOf(LogDamagedException.class)
                        .hasMessage(segment.file() + " has format 3, and this version reads formats up to 2: start the"
                                + " version that wrote it, or a newer one.");
                assertThat(Segments.files(newer)).isEqualTo(before);
            }
            assertThatThrownBy(() -> Segments.feed(newer).read(segment.first() - 1, EVENTS, 10))
                    .hasMessageContaining("has format 3");
        }
    }

    @Test
    void aWorkerStandsStillBeforeANewerFormatAndSaysSo() throws IOException {
        Path last = Segments.of(disk).getLast().file();
        String header = Segments.text(LogOnDisk.lines(disk, last).getFirst());
        replaceHeader(disk, last, sealed(header.replace("\"format\":2", "\"format\":3")));
        try (FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            followed.start();
            await().until(() -> followed.problem().contains(last + " has format 3"));
            assertThat(followed.durableSequence()).isZero();
        }
    }

    @Test
    void aSegmentOfAnotherLogIsRefusedWhereverItStands() throws IOException {
        SimDisk other = LogOnDisk.written(EVENTS, TINY);
        for (Segment segment : Segments.of(disk)) {
            SimDisk mixed = disk.copy();
            mixed.put(segment.file(), other.read(segment.file()));
            Map<String, String> before = Segments.files(mixed);
            for (FileEventLog.Options options : List.of(TINY, LogOnDisk.QUARANTINE)) {
                assertThatThrownBy(() -> LogOnDisk.open(mixed, options))
                        .as(segment.toString())
                        .isInstanceOf(LogDamagedException.class)
                        .hasMessageContaining("belongs to log ")
                        .hasMessageContaining("put the files of one log in their place");
                assertThat(Segments.files(mixed)).isEqualTo(before);
            }
        }
    }

    @Test
    void aSegmentUnderAnotherNameIsRefused() throws IOException {
        Segment second = Segments.of(disk).get(1);
        disk.put(LogOnDisk.segment(second.first() + 1), disk.read(second.file()));
        disk.remove(second.file());
        assertThatThrownBy(() -> LogOnDisk.openOnlyAfter(disk, second.first(), TINY))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("says that it begins at sequence " + second.first() + ": give it back the name");
    }

    @Test
    void aCopyThatIsPutBackContinuesTheLogItWasTakenFrom() throws IOException {
        String first = LogIdentity.read(disk, LogOnDisk.DIRECTORY);
        disk.remove(IDENTITY);
        String second = opened();
        disk.remove(IDENTITY);
        String third = opened();
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(header(10)).isEqualTo(new SegmentHeader(third, 10, List.of(first, second)));
        LogOnDisk.write(disk, 0, TINY);
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            for (int i = 10; i <= 16; i++) {
                log.appendDurably(LogOnDisk.event(i));
            }
        }
        disk.remove(IDENTITY);
        String fourth = opened();
        assertThat(header(17)).isEqualTo(new SegmentHeader(fourth, 17, List.of(third)));
        LogOnDisk.requireEvents(disk, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    }

    /** Somebody put segments into a directory that had another log, and left its identity there. */
    @Test
    void anIdThatTheEndOfTheLogDoesNotBearIsNotItsOwn() throws IOException {
        SimDisk other = LogOnDisk.written(0);
        disk.put(IDENTITY, other.read(IDENTITY));
        assertThat(opened())
                .isNotIn(LogIdentity.read(other, LogOnDisk.DIRECTORY), header(1).logId());
    }

    @Test
    void quarantineMakesADamagedOneAnewAndLosesNoEvent() throws IOException {
        int cases = 0;
        for (Segment segment : Segments.of(disk)) {
            byte[] header = LogOnDisk.lines(disk, segment.file()).getFirst();
            cases += Surgery.everyBit(header, (how, damaged) -> {
                SimDisk copy = disk.copy();
                if (segment.first() < 9) {
                    copy.remove(LogOnDisk.MARK); // nothing but what stands behind it proves anything
                }
                replaceHeader(copy, segment.file(), damaged);
                Map<String, String> before = Segments.files(copy);
                assertThatThrownBy(() -> LogOnDisk.open(copy, TINY)).isInstanceOf(LogDamagedException.class);
                assertThat(Segments.files(copy)).as(how).isEqualTo(before);
                if (damaged[damaged.length - 1] == '\n') { // or the first event is on the same line
                    try (LogOnDisk log = LogOnDisk.open(copy, LogOnDisk.QUARANTINE)) {
                        assertThat(log.read()).as(segment + how).isEqualTo(LogOnDisk.logged(1, EVENTS));
                    }
                    assertThat(copy.read(segment.file())).as(how).isEqualTo(disk.read(segment.file()));
                }
            });
        }
        Surgery.report("flipped bits of headers", cases);
    }

    private String opened() {
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            return String.valueOf(log.log().logId());
        }
    }

    private SegmentHeader header(long first) throws IOException {
        return Objects.requireNonNull(
                Segment.startingAt(first, LogOnDisk.DIRECTORY).header(disk));
    }

    /** As the version before wrote it. */
    private static void withoutHeaders(SimDisk disk) throws IOException {
        for (Segment segment : Segments.of(disk)) {
            disk.put(segment.file(), LogOnDisk.join(Segments.events(disk, segment.file())));
        }
    }

    private static Map<String, String> withoutMark(Map<String, String> files) {
        files.remove(LogOnDisk.MARK.toString());
        return files;
    }

    private static void replaceHeader(SimDisk disk, Path file, byte[] header) throws IOException {
        List<byte[]> events = Segments.events(disk, file);
        events.addFirst(header);
        disk.put(file, LogOnDisk.join(events));
    }

    private static byte[] sealed(String line) {
        byte[] open = line.substring(0, line.lastIndexOf(",\"crc\"")).getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = new byte[open.length + Checksum.BYTES + 1];
        System.arraycopy(open, 0, sealed, 0, open.length);
        sealed[Checksum.append(sealed, 0, open.length)] = '\n';
        return sealed;
    }
}
