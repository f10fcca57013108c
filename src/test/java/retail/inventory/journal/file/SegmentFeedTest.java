package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed.Batch;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;

/** Reading a log from its files: from any position, in any order, and what it says when that cannot be done. */
class SegmentFeedTest {

    private static final int EVENTS = 300;
    private static final FileEventLog.Options SMALL = LogOnDisk.segmentsOf(2000);

    private static SimDisk smallSegments = new SimDisk();
    private static SimDisk oneSegment = new SimDisk();

    @BeforeAll
    static void writes() {
        smallSegments = LogOnDisk.written(EVENTS, SMALL);
        assertThat(Segments.of(smallSegments)).hasSizeGreaterThan(20);
        oneSegment = LogOnDisk.written(EVENTS * 3);
        assertThat(Segments.of(oneSegment)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void readsFromEveryPosition(int limit) {
        for (int after = 0; after < EVENTS; after++) {
            // a feed that knows no places: each position is found anew
            Batch batch = Segments.feed(smallSegments).read(after, EVENTS, limit);
            requireBatch(batch, after, limit, EVENTS);
        }
    }

    @Test
    void isNotLedAstrayByASequenceThatWasCutOff() throws IOException {
        int events = EVENTS * 3;
        byte[] lines = oneSegment.read(LogOnDisk.segment(1));
        byte[] torn = "{\"sequence\":12".getBytes(StandardCharsets.US_ASCII);
        SimDisk disk = new SimDisk();
        disk.put(LogOnDisk.segment(events + 1), new byte[0]);
        for (int room = 0; room < 2 * lines.length; room += 101) { // so that the search meets the last whole line
            byte[] content = Arrays.copyOf(lines, lines.length + torn.length + room);
            Arrays.fill(content, lines.length, content.length, (byte) '\n');
            System.arraycopy(torn, 0, content, lines.length, torn.length);
            disk.put(LogOnDisk.segment(1), content);

            requireBatch(Segments.feed(disk).read(events - 3, events, 10), events - 3, 10, events);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void readsOnFromWhereItStopped(int limit) {
        SegmentFeed feed = Segments.feed(smallSegments);
        assertThat(readOn(feed, 0, EVENTS, limit)).isEqualTo(LogOnDisk.logged(1, EVENTS));
        assertThat(readOn(feed, 123, EVENTS, limit)).isEqualTo(LogOnDisk.logged(124, EVENTS));
        assertThat(readOn(feed, 0, 200, limit)).isEqualTo(LogOnDisk.logged(1, 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void findsPositionsInALargeSegment(int limit) {
        Random random = new Random(limit);
        SegmentFeed feed = Segments.feed(oneSegment);
        for (int i = 0; i < 80; i++) {
            int after = random.nextInt(EVENTS * 3);
            requireBatch(feed.read(after, EVENTS * 3, limit), after, limit, EVENTS * 3);
        }
    }

    @Test
    void readersInTurnsDoNotDisturbEachOther() {
        SegmentFeed feed = Segments.feed(smallSegments);
        Random random = new Random(5);
        long[] positions = new long[100]; // more than the feed remembers
        for (int i = 0; i < 400; i++) {
            int reader = random.nextInt(positions.length);
            long after = positions[reader];
            int limit = 1 + random.nextInt(9);
            Batch batch = feed.read(after, EVENTS, limit);
            requireBatch(batch, (int) after, limit, EVENTS);
            positions[reader] = batch.through() == EVENTS ? 0 : batch.through();
        }
    }

    @Test
    void stopsAtTheDurableSequence() {
        for (int durable = 1; durable < 40; durable++) {
            assertThat(readOn(Segments.feed(smallSegments), 0, durable, 1000)).isEqualTo(LogOnDisk.logged(1, durable));
        }
    }

    @Test
    void saysFromWhereOnEventsAreKept() {
        SimDisk disk = smallSegments.copy();
        List<Segment> segments = Segments.of(disk);
        disk.remove(segments.get(0).file());
        disk.remove(segments.get(1).file());
        long oldest = segments.get(2).first();
        SegmentFeed feed = Segments.feed(disk);

        for (long after = 0; after < oldest - 1; after++) {
            long from = after;
            assertThatThrownBy(() -> feed.read(from, EVENTS, 1))
                    .isInstanceOfSatisfying(
                            EventsGoneException.class,
                            gone -> assertThat(gone.oldest()).isEqualTo(oldest));
        }
        assertThat(readOn(feed, oldest - 1, EVENTS, 1000)).isEqualTo(LogOnDisk.logged((int) oldest, EVENTS));
    }

    @Test
    void saysThatNothingIsKept() {
        assertThatThrownBy(() -> Segments.feed(new SimDisk()).read(3, 9, 1))
                .isInstanceOfSatisfying(
                        EventsGoneException.class,
                        gone -> assertThat(gone.oldest()).isEqualTo(10));
    }

    @Test
    void namesTheFileWithADamagedLine() throws IOException {
        SimDisk disk = smallSegments.copy();
        Segment segment = Segments.of(disk).get(3);
        int damaged = (int) segment.first() + 2;
        Segments.damage(disk, segment, 2);
        SegmentFeed feed = Segments.feed(disk);

        for (int after : new int[] {damaged - 1, (int) segment.first() - 1}) {
            assertThatThrownBy(() -> feed.read(after, EVENTS, 1000))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining(segment.file().toString())
                    .hasMessageContaining("sequence " + damaged + ":");
        }
        assertThat(readOn(feed, 0, damaged - 1, 1)).isEqualTo(LogOnDisk.logged(1, damaged - 1));
    }

    @Test
    void namesTheFileThatEndsTooEarly() throws IOException {
        SimDisk disk = smallSegments.copy();
        Segment segment = Segments.of(disk).get(3);
        List<byte[]> lines = Segments.events(disk, segment.file());
        int missing = (int) segment.first() + lines.size() - 1;
        Segments.putEvents(disk, segment.file(), lines.subList(0, lines.size() - 1));
        SegmentFeed feed = Segments.feed(disk);

        assertThat(readOn(feed, 0, missing - 1, 1000)).isEqualTo(LogOnDisk.logged(1, missing - 1));
        assertThatThrownBy(() -> feed.read(missing - 1, EVENTS, 1000))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(segment.file().toString())
                .hasMessageContaining("sequence " + missing);
    }

    @Test
    void namesTheFileThatLacksALine() throws IOException {
        SimDisk disk = smallSegments.copy();
        Segment segment = Segments.of(disk).get(3);
        List<byte[]> lines = Segments.events(disk, segment.file());
        lines.remove(1);
        Segments.putEvents(disk, segment.file(), lines);

        assertThatThrownBy(() -> Segments.feed(disk).read(segment.first(), EVENTS, 1000))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(segment.file().toString())
                .hasMessageContaining("sequence " + (segment.first() + 1) + ":");
    }

    @Test
    void passesOverAnEventThatWasLostToDamage() throws IOException {
        SimDisk disk = LogOnDisk.written(6);
        Segments.damage(disk, new Segment(1, LogOnDisk.segment(1)), 2);
        LogOnDisk.open(disk, LogOnDisk.QUARANTINE).close();
        SegmentFeed feed = Segments.feed(disk);
        List<Event> left = new ArrayList<>(LogOnDisk.logged(1, 6));
        left.remove(2);

        assertThat(feed.read(2, 6, 1)).isEqualTo(new Batch(List.of(), 3));
        assertThat(feed.read(0, 6, 3)).isEqualTo(new Batch(LogOnDisk.logged(1, 2), 3));
        assertThat(feed.read(0, 6, 1000)).isEqualTo(new Batch(left, 6));
        assertThat(readOn(feed, 0, 6, 1)).isEqualTo(left);
    }

    /** A batch is what the plain list has after a position, and may only end early where a segment does. */
    private static void requireBatch(Batch batch, int after, int limit, int durable) {
        assertThat(batch.events()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
        assertThat(batch.through()).isEqualTo(after + batch.events().size());
        assertThat(batch.events()).isEqualTo(LogOnDisk.logged(after + 1, (int) batch.through()));
        boolean early = batch.events().size() < limit && batch.through() < durable;
        assertThat(early && Segments.of(smallSegments).stream().noneMatch(s -> s.first() == batch.through() + 1))
                .as("ends early at " + batch.through())
                .isFalse();
    }

    private static List<Event> readOn(SegmentFeed feed, long after, long durable, int limit) {
        List<Event> events = new ArrayList<>();
        for (long position = after; position < durable; ) {
            Batch batch = feed.read(position, durable, limit);
            assertThat(batch.through()).isGreaterThan(position);
            events.addAll(batch.events());
            position = batch.through();
        }
        return events;
    }
}
