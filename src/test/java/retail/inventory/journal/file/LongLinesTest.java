package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** Events of many SKUs have lines that no window of a reader has room for at first. */
class LongLinesTest {

    /** Probes of some lines' length, and what is read line by line; the segment has ten times as much. */
    private static final long SEARCH_BYTES_MAX = 1_000_000;

    private static final int EVENTS = 400;

    /** One UTF-16 unit of each stands for a byte at least, most for more: quotes are escaped, shirts take four bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "ß", "\ud83d\udc55"})
    void movementsOfTwoHundredOfTheLongestIdsComeBack(String character) {
        Event longest = event(9, 200, character);
        SimDisk disk = new SimDisk();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            assertThat(log.append(longest).join()).isEqualTo(new Appended.Durable(2));
            log.appendDurably(LogOnDisk.event(3));
            assertThat(log.log().read(1, 2).events()).containsExactly(longest.at(2), LogOnDisk.logged(3));
        }
        try (LogOnDisk again = LogOnDisk.open(disk)) {
            assertThat(again.read()).containsExactly(LogOnDisk.logged(1), longest.at(2), LogOnDisk.logged(3));
        }
    }

    /** A search may begin in the middle of a line that is longer than what it reads at first. */
    @Test
    void placesAmongLongLinesAreFound() {
        SimDisk disk = new SimDisk();
        List<Event> events = new ArrayList<>();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            for (int i = 1; i <= EVENTS; i++) {
                Event event = event(i, i % 3 == 0 ? 200 : 1 + i % 60, "x");
                log.appendDurably(event);
                events.add(event.at(i));
            }
        }
        for (int after = EVENTS - 1; after >= 0; after--) {
            WatchedFiles watched = new WatchedFiles(disk);
            SegmentFeed search = new SegmentFeed(watched, LogOnDisk.DIRECTORY);
            assertThat(search.read(after, EVENTS, 2).events())
                    .isEqualTo(events.subList(after, Math.min(EVENTS, after + 2)));
            assertThat(watched.bytesRead()).as("after " + after).isLessThan(SEARCH_BYTES_MAX);
        }
    }

    @Test
    void windowThatIsTooSmallForALineGrows() throws Exception {
        Event longest = event(9, 200, "ß");
        SimDisk disk = new SimDisk();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            log.appendDurably(longest);
            log.appendDurably(LogOnDisk.event(3));
        }
        Segment segment = Segment.startingAt(1, LogOnDisk.DIRECTORY);
        LineDecoder decoder = new LineDecoder();
        List<Event> read = new ArrayList<>();
        try (SegmentScanner lines = new SegmentScanner(disk, segment, 0, 512)) {
            while (lines.next()) {
                read.add(lines.decode(decoder).event());
            }
        }
        assertThat(read).containsExactly(LogOnDisk.logged(1), longest.at(2), LogOnDisk.logged(3));
    }

    private static Event event(int number, int movements, String character) {
        String padding = character.repeat(60);
        List<Movement> all = new ArrayList<>();
        for (int i = 0; i < movements; i++) {
            String sku = String.format("%03d%s", i, padding);
            while (sku.getBytes(StandardCharsets.UTF_8).length > 255) {
                sku = sku.substring(0, sku.length() - character.length());
            }
            all.add(new Movement(new StockKey("S".repeat(64), sku), -(1L << 52), 1L << 52, Long.MAX_VALUE));
        }
        Event.KeyedRequest request = new Event.KeyedRequest("k".repeat(128), "f".repeat(32));
        return new Event(0, new UUID(3, number), 1, Event.RESERVE, Movements.of(all), null, Cause.NONE, request, null);
    }
}
