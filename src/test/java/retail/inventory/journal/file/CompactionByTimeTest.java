package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.Event;

/** What stays in the log when it is released because somebody wants it for its time. */
class CompactionByTimeTest {

    private static final int EVENTS = 30;

    private final SimDisk disk = LogOnDisk.written(EVENTS, LogOnDisk.keeping(null));
    private final List<Segment> before = Segments.of(disk);

    @Test
    void keepsWhatIsAsYoungAsTheInstant() {
        for (int young = 1; young <= EVENTS; young++) {
            SimDisk copy = disk.copy();
            try (LogOnDisk log = LogOnDisk.open(copy, LogOnDisk.keeping(null))) {
                log.log()
                        .release(
                                EVENTS,
                                Instant.ofEpochMilli(LogOnDisk.event(young).atMs()),
                                nanos -> {});
            }
            assertThat(Segments.of(copy).getFirst().first())
                    .as("event " + young)
                    .isLessThanOrEqualTo(young);
            assertThat(Segments.of(copy)).as("the rest went, but one").hasSizeLessThanOrEqualTo(keptFrom(young) + 1);
        }
    }

    @Test
    void keepsASegmentWithOneYoungEventInItsMiddleAndAllAfterIt() {
        staysFrom(8, number -> number == 8 ? 1000 : 10);
    }

    @Test
    void keepsYoungEventsWhenTheClockWentBackAfterThem() {
        staysFrom(8, number -> number >= 8 && number <= 11 ? 1000 : number);
    }

    /** Of events with these times, those from one on stay, for being young or for standing behind it. */
    private static void staysFrom(int young, LongUnaryOperator atMs) {
        SimDisk written = new SimDisk();
        FileEventLog.Options options = LogOnDisk.segmentsOf(600);
        try (LogOnDisk log = LogOnDisk.open(written, options)) {
            for (int i = 1; i <= EVENTS; i++) {
                log.appendDurably(at(LogOnDisk.event(i), atMs.applyAsLong(i)));
            }
            List<Segment> all = Segments.of(written);
            int last = all.size() - 1;
            while (all.get(last).first() > young) {
                last--;
            }
            assertThat(all.get(last).first()).as("it stands in the middle").isLessThan(young);

            log.log().release(EVENTS, Instant.ofEpochMilli(1000), nanos -> {});

            assertThat(Segments.of(written)).isEqualTo(all.subList(last, all.size()));
            assertThat(Segments.firsts(Segments.archived(written))).isEqualTo(Segments.firsts(all.subList(0, last)));
            assertThat(written.list(Segments.ARCHIVE)).hasSize(last);
        }
    }

    /** How many segments there are from the one with an event on. */
    private int keptFrom(long sequence) {
        return (int) before.stream().filter(one -> one.first() > sequence).count() + 1;
    }

    private static Event at(Event e, long atMs) {
        return new Event(
                e.sequence(),
                e.eventId(),
                atMs,
                e.type(),
                e.storeId(),
                e.sku(),
                e.amount(),
                e.expectedVersion(),
                e.resultQty(),
                e.resultVersion(),
                e.request());
    }
}
