package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventFeed.Original;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogDamagedException;

/** An event as it stands in its file, and where. */
class OriginalTest {

    private static final Pattern PLACE = Pattern.compile("(\\S+), byte offset (\\d+)");

    @Test
    void isTheLineAtThePlaceInAnySegment() throws IOException {
        requireOriginals(LogOnDisk.written(40, LogOnDisk.keeping(null)), 40);
    }

    @Test
    void isTheLineAtThePlaceInALargeSegment() throws IOException {
        requireOriginals(LogOnDisk.written(1500), 1500);
    }

    private static void requireOriginals(SimDisk disk, int events) throws IOException {
        try (FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY);
                LogOnDisk log = LogOnDisk.open(disk)) {
            for (EventFeed feed : new EventFeed[] {log.log(), followed}) {
                for (int sequence = 1; sequence <= events; sequence += 1 + sequence / 40) {
                    Original original = feed.original(sequence);
                    assertThat(original.text()).startsWith("{\"sequence\":" + sequence + ",");
                    assertThat(original.text())
                            .contains(LogOnDisk.event(sequence).eventId().toString());
                    assertThat(lineAt(disk, original.place())).isEqualTo(original.text() + "\n");
                }
            }
        }
    }

    /** The line, with its end, that begins at a place. */
    private static String lineAt(SimDisk disk, String place) throws IOException {
        Matcher matcher = PLACE.matcher(place);
        assertThat(matcher.matches()).as(place).isTrue();
        byte[] content = disk.read(LogOnDisk.DIRECTORY.resolve(matcher.group(1)));
        int from = Integer.parseInt(matcher.group(2));
        assertThat(from == 0 || content[from - 1] == '\n')
                .as("a line starts there")
                .isTrue();
        String rest = new String(Arrays.copyOfRange(content, from, content.length), StandardCharsets.UTF_8);
        return rest.substring(0, rest.indexOf('\n') + 1);
    }

    @Test
    void isNotALineThatIsVoid() throws IOException {
        SimDisk disk = new SimDisk();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            disk.hook(DiskHook.failing(Operation.FORCE, 1));
            assertThat(log.appendAndWait(LogOnDisk.event(90))).isInstanceOf(Appended.Unavailable.class);
            await().until(() -> log.log().status().state() == State.OPEN);
            log.appendDurably(LogOnDisk.event(2));
            assertThat(Segments.events(disk, LogOnDisk.segment(1))).hasSize(2);

            Original original = log.log().original(2);

            assertThat(original.text()).contains(LogOnDisk.event(2).eventId().toString());
            assertThat(original.place())
                    .startsWith(
                            LogOnDisk.segment(2).getFileName() + ", byte offset " + Segments.header(disk, 2).length);
        }
    }

    @Test
    void saysThatALineIsDamagedOrMissingButReadsThoseBesideIt() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        Segments.damage(disk, new Segment(1, LogOnDisk.segment(1)), 2);
        SegmentFeed feed = Segments.feed(disk);
        for (long damaged : new long[] {3, 7}) {
            assertThatThrownBy(() -> feed.original(damaged))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining("sequence " + damaged + " cannot be read");
        }
        for (long whole : new long[] {1, 2, 4, 5, 6}) {
            assertThat(feed.original(whole).text()).startsWith("{\"sequence\":" + whole + ",");
        }
    }

    @Test
    void isTheLineThatStandsForALostEvent() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        Segments.damage(disk, new Segment(1, LogOnDisk.segment(1)), 2);
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.log().original(3).text()).startsWith("{\"sequence\":3,\"type\":\"QUARANTINED\"");
        }
    }
}
