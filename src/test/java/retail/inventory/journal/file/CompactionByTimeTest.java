package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;

/** A log whose clock leapt: its segments leave as always, and the archive loses none of them for it. */
class CompactionByTimeTest {

    private static final int EVENTS = 30;
    private static final int SEGMENT_BYTES = 600;
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final Duration KEEP = Duration.ofDays(30);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

    @Test
    void segmentsLeaveWhateverTheirTimesAre() {
        leavesAllButTheLast(number -> number * MINUTE_MS);
        leavesAllButTheLast(number -> number <= 5 ? 30 * DAY_MS : number * MINUTE_MS);
        leavesAllButTheLast(number -> number == 8 ? 30 * DAY_MS : number * MINUTE_MS);
        leavesAllButTheLast(number -> -number * DAY_MS);
        Random random = new Random(13);
        leavesAllButTheLast(number -> random.nextLong(100 * DAY_MS));
    }

    @Test
    void archiveIsKeptWhenTheClockLeapsAMonthAheadAndStaysThere() {
        LongUnaryOperator leapt = number -> number * MINUTE_MS + (number > 15 ? 31 * DAY_MS : 0);
        SimDisk disk = archived(leapt);
        assertThat(leftAfter(disk, Duration.ZERO))
                .isEqualTo(Segments.archived(disk).size());
        assertThat(leftAfter(disk, KEEP.minus(Duration.ofMinutes(EVENTS))))
                .isEqualTo(Segments.archived(disk).size());
        assertThat(leftAfter(disk, KEEP)).as("by elapsed time").isZero();
    }

    @Test
    void archiveIsKeptWhenEventsAreStampedAMonthAheadInItsMiddle() {
        SimDisk disk = archived(number -> number * MINUTE_MS + (number > 10 && number < 15 ? 31 * DAY_MS : 0));
        assertThat(leftAfter(disk, Duration.ZERO))
                .isEqualTo(Segments.archived(disk).size());
        assertThat(leftAfter(disk, KEEP)).isZero();
    }

    @Test
    void archiveEndsAfterItsTimeThoughItIsStampedAhead() {
        SimDisk disk = archived(number -> number <= 10 ? 1000 * DAY_MS + number : number * MINUTE_MS);
        assertThat(leftAfter(disk, KEEP)).isZero();
    }

    @Test
    void archiveEndsByTheTimesOfALogThatNobodySet() {
        SimDisk disk = archived(number -> number * 4 * DAY_MS);
        assertThat(leftAfter(disk, Duration.ZERO))
                .as("the last 30 days, and a step that may have been a leap")
                .isBetween(1, Segments.archived(disk).size() - 1);
    }

    @Test
    void segmentThatEndsWhileTheProcessRunsIsKeptForItsTimeWhateverTheClockDoes() {
        SimDisk disk = new SimDisk();
        Random random = new Random(17);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, 0, options(KEEP), nanos::get)) {
            for (int i = 1; i <= EVENTS; i++) {
                log.appendDurably(at(LogOnDisk.event(i), random.nextLong(1000 * DAY_MS)));
                log.release(i);
            }
            int archived = Segments.archived(disk).size();
            assertThat(archived).isGreaterThan(5);
            nanos.addAndGet(KEEP.toNanos() - 1);
            log.release(EVENTS);
            assertThat(Segments.archived(disk)).hasSize(archived);
            nanos.addAndGet(1);
            log.release(EVENTS);
            assertThat(Segments.archived(disk)).isEmpty();
        }
    }

    @Test
    void segmentIsAsOldAsTheFirstEventBehindItNotAsItsOwn() {
        long second = Segments.firsts(Segments.of(written(number -> DAY_MS))).get(1);
        SimDisk disk = archived(number -> number == 1 ? DAY_MS : number <= second ? 101 * DAY_MS : 201 * DAY_MS);
        assertThat(leftAfter(disk, Duration.ZERO))
                .as("behind the first one is one leap of the clock, before it are two")
                .isEqualTo(Segments.archived(disk).size());
        assertThat(leftAfter(disk, KEEP)).isZero();
    }

    @Test
    void segmentBeforeALostEventIsAsOldAsTheOneBehind() throws IOException {
        SimDisk disk = written(number -> number * 4 * DAY_MS);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, EVENTS, options(null))) {
            log.release(EVENTS / 2);
        }
        assertThat(Segments.archived(disk)).hasSizeGreaterThan(2);
        Segments.damage(disk, Segments.of(disk).getFirst(), 0);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, EVENTS, options(KEEP), nanos::get)) {
            log.release(0);
        }
        assertThat(Segments.archived(disk)).isEmpty();
    }

    @Test
    void segmentThatIsTheLastOneForAMonthHasNotEndedBefore() {
        SimDisk disk = new SimDisk();
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, 0, options(KEEP), nanos::get)) {
            log.appendDurably(LogOnDisk.event(1));
            log.release(1);
            nanos.addAndGet(KEEP.toNanos());
            for (int i = 2; Segments.archived(disk).isEmpty(); i++) {
                log.appendDurably(LogOnDisk.event(i));
                log.release(i);
            }
            assertThat(Segments.firsts(Segments.archived(disk))).containsExactly(1L);
        }
    }

    @Test
    void segmentStaysForAsLongAsItsEventsAreYoungWhateverTheirTimesAre() {
        SimDisk disk = new SimDisk();
        Duration young = Duration.ofMinutes(5);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, 0, options(null), nanos::get)) {
            for (int i = 1; i <= EVENTS; i++) {
                log.appendDurably(at(LogOnDisk.event(i), i % 2 == 0 ? 0 : 1000 * DAY_MS));
            }
            List<Segment> before = Segments.of(disk);
            log.log().release(EVENTS, young, pace -> {});
            nanos.addAndGet(young.toNanos() - 1);
            log.log().release(EVENTS, young, pace -> {});
            assertThat(Segments.of(disk)).isEqualTo(before);
            nanos.addAndGet(1);
            log.log().release(EVENTS, young, pace -> {});
            assertThat(Segments.of(disk)).containsExactly(before.getLast());
        }
    }

    private void leavesAllButTheLast(LongUnaryOperator atMs) {
        SimDisk disk = written(atMs);
        List<Segment> before = Segments.of(disk);
        assertThat(before).hasSizeGreaterThan(5);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, EVENTS, options(null), nanos::get)) {
            log.release(EVENTS);
        }
        assertThat(Segments.of(disk)).containsExactly(before.getLast());
        assertThat(Segments.firsts(Segments.archived(disk)))
                .isEqualTo(Segments.firsts(before.subList(0, before.size() - 1)));
    }

    private static SimDisk written(LongUnaryOperator atMs) {
        SimDisk disk = new SimDisk();
        List<Event> events = new ArrayList<>();
        try (LogOnDisk log = LogOnDisk.open(disk, options(null))) {
            for (int i = 1; i <= EVENTS; i++) {
                events.add(at(LogOnDisk.event(i), atMs.applyAsLong(i)));
                log.appendDurably(events.getLast());
            }
        }
        return disk;
    }

    private static SimDisk archived(LongUnaryOperator atMs) {
        SimDisk disk = written(atMs);
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, EVENTS, options(null))) {
            log.release(EVENTS);
        }
        return disk;
    }

    /** How many archived segments a new process leaves, so much later. */
    private int leftAfter(SimDisk disk, Duration elapsed) {
        SimDisk copy = disk.copy();
        try (LogOnDisk log = LogOnDisk.openOnlyAfter(copy, EVENTS, options(KEEP), nanos::get)) {
            log.release(EVENTS);
            nanos.addAndGet(elapsed.toNanos());
            log.release(EVENTS);
        }
        return Segments.archived(copy).size();
    }

    private static FileEventLog.Options options(@Nullable Duration keep) {
        return new FileEventLog.Options(SEGMENT_BYTES, 1 << 20, 1, false, keep);
    }

    private static Event at(Event e, long atMs) {
        return Events.event(
                e.sequence(),
                e.eventId(),
                atMs,
                e.type(),
                e.movement().key().storeId(),
                e.movement().key().sku(),
                Events.amount(e),
                e.expectedVersion(),
                e.movement().qty(),
                e.movement().version(),
                e.request());
    }
}
