package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;

/** What leaves the log when it is released, what stays, and what readers of the log then see. */
class CompactionTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);
    private static final int EVENTS = 30;

    private final SimDisk disk = LogOnDisk.written(EVENTS, TINY);
    private final List<Segment> before = Segments.of(disk);

    @Test
    void putsAwayWholeSegmentsUpToTheSequenceButNeverTheLast() {
        for (int through = 0; through < EVENTS + 3; through++) {
            SimDisk copy = disk.copy();
            try (LogOnDisk log = LogOnDisk.open(copy, TINY)) {
                log.release(through);
                int gone = endingBy(through);
                assertThat(Segments.firsts(Segments.archived(copy)))
                        .as("through " + through)
                        .isEqualTo(Segments.firsts(before.subList(0, gone)));
                assertThat(Segments.of(copy)).isEqualTo(before.subList(gone, before.size()));
            }
        }
    }

    @Test
    void keepsTheLinesOfASegmentExactly() throws IOException {
        Map<String, String> files = Segments.files(disk);
        release(EVENTS);

        for (Segment archived : Segments.archived(disk)) {
            String was = Segment.startingAt(archived.first(), LogOnDisk.DIRECTORY)
                    .file()
                    .toString();
            assertThat(Segments.unpacked(disk, archived)).isEqualTo(files.get(was));
        }
    }

    @Test
    void leavesOutWhatIsVoid() throws IOException {
        SimDisk failing = new SimDisk();
        try (LogOnDisk log = LogOnDisk.open(failing)) {
            log.appendAll(1, 5).forEach(CompletableFuture::join);
            failing.hook(DiskHook.failing(Operation.FORCE, 1));
            assertThat(log.appendAndWait(LogOnDisk.event(90))).isInstanceOf(Appended.Unavailable.class);
            await().until(() -> log.log().status().state() == State.OPEN);
            log.appendDurably(LogOnDisk.event(6));
            List<byte[]> lines = LogOnDisk.lines(failing, LogOnDisk.segment(1));
            assertThat(lines).as("the void one is there").hasSize(1 + 6);

            log.release(6);

            assertThat(Segments.unpacked(failing, Segments.archived(failing).getFirst()))
                    .isEqualTo(Segments.text(LogOnDisk.join(lines.subList(0, 1 + 5))));
        }
        try (LogOnDisk log = LogOnDisk.open(failing)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 6));
        }
    }

    @Test
    void handsOverEverythingFromTheArchiveAndTheLog() {
        for (int through = 0; through <= EVENTS; through++) {
            release(through);
            try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
                assertThat(log.read()).as("through " + through).isEqualTo(LogOnDisk.logged(1, EVENTS));
                assertThat(log.recovered().repairs()).isEmpty();
            }
            try (LogOnDisk log = LogOnDisk.openOnlyAfter(disk, through, TINY)) {
                assertThat(log.read()).containsAll(LogOnDisk.logged(through + 1, EVENTS));
                assertThat(log.recovered().durableSequence()).isEqualTo(EVENTS);
            }
        }
        assertThat(Segments.of(disk)).hasSize(1);
    }

    @Test
    void tellsAFollowerFromWhereOnEventsAreKept() {
        release(EVENTS / 2);
        long oldest = Segments.of(disk).getFirst().first();
        assertThat(oldest).isBetween(3L, EVENTS / 2 + 1L);
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            for (long sequence = 1; sequence < oldest; sequence++) {
                long gone = sequence;
                requireGone(() -> log.log().read(gone - 1, 5), oldest);
                requireGone(() -> log.log().original(gone), oldest);
            }
            assertThat(log.log().read(oldest - 1, 1).events()).isEqualTo(LogOnDisk.logged((int) oldest, (int) oldest));
            assertThat(log.log().original(oldest).text()).startsWith("{\"sequence\":" + oldest + ",");
        }
    }

    @Test
    void tellsAFollowerThatLooksForASegmentWhileItGoes() {
        Segment segment = before.get(2);
        long oldest = before.get(3).first();
        for (boolean original : new boolean[] {false, true}) {
            SimDisk copy = disk.copy();
            copy.hook((operation, file) -> {
                if (operation == Operation.OPEN && file.equals(segment.file())) {
                    before.subList(0, 3).forEach(gone -> copy.remove(gone.file()));
                }
            });
            SegmentFeed feed = Segments.feed(copy);
            requireGone(
                    () -> {
                        if (original) {
                            feed.original(segment.first());
                        } else {
                            feed.read(segment.first() - 1, EVENTS, 5);
                        }
                    },
                    oldest);
        }
    }

    @Test
    void refusesToPutADamagedSegmentAwayAndLeavesEverythingAsItIs() throws IOException {
        for (int line = 0; line < 2; line++) {
            SimDisk copy = disk.copy();
            try (LogOnDisk log = LogOnDisk.open(copy, TINY)) {
                log.release(before.get(3).first() - 1);
                Segments.damage(copy, before.get(3), line);
                Map<String, String> files = Segments.files(copy);
                for (int time = 0; time < 3; time++) {
                    assertThatThrownBy(() -> log.release(EVENTS))
                            .isInstanceOf(LogDamagedException.class)
                            .hasMessageContaining(before.get(3).file().toString())
                            .hasMessageContaining("sequence " + (before.get(3).first() + line) + " ");
                    assertThat(Segments.files(copy)).isEqualTo(files);
                }
                assertThat(log.appendDurably(LogOnDisk.event(EVENTS + 1))).isEqualTo(EVENTS + 1);
            }
        }
    }

    @Test
    void refusesToPutASegmentAwayThatEndsTooEarly() throws IOException {
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            List<byte[]> lines = Segments.events(disk, before.getFirst().file());
            Segments.putEvents(disk, before.getFirst().file(), lines.subList(0, lines.size() - 1));
            Map<String, String> files = Segments.files(disk);

            assertThatThrownBy(() -> log.release(EVENTS))
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining("sequence " + lines.size() + " should be: it is missing");
            assertThat(Segments.files(disk)).isEqualTo(files);
        }
    }

    @Test
    void losesNothingWhileEventsAreAppended() {
        SimDisk busy = new SimDisk();
        int appended = 600;
        try (LogOnDisk log = LogOnDisk.open(busy, TINY)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= appended; i++) {
                    log.appendDurably(LogOnDisk.event(i));
                }
            });
            while (log.log().durableSequence() < appended) {
                log.release(log.log().durableSequence());
            }
            await().until(() -> !writer.isAlive());
        }
        assertThat(Segments.archived(busy)).isNotEmpty();
        try (LogOnDisk log = LogOnDisk.open(busy, TINY)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, appended));
        }
    }

    @Test
    void tellsHowLongEachPieceOfALargeSegmentTook() {
        SimDisk large = new SimDisk();
        List<Long> pieces = new ArrayList<>();
        try (LogOnDisk log = LogOnDisk.open(large, LogOnDisk.segmentsOf(600_000))) {
            for (int i = 1; i <= 5000; i += 100) {
                log.appendAll(i, i + 99).forEach(CompletableFuture::join);
            }
            assertThat(Segments.of(large)).hasSizeGreaterThan(1);
            long inTheFirst = Segments.of(large).get(1).first() - 1;

            log.log().release(inTheFirst, Duration.ZERO, pieces::add);

            assertThat(pieces).hasSize((int) inTheFirst / 2000).isNotEmpty().allMatch(nanos -> nanos > 0);
        }
    }

    private void release(long through) {
        try (LogOnDisk log = LogOnDisk.open(disk, TINY)) {
            log.release(through);
        }
    }

    /** How many segments, but the last, have no event after a sequence. */
    private int endingBy(long through) {
        int ended = 0;
        while (ended + 1 < before.size() && before.get(ended + 1).first() - 1 <= through) {
            ended++;
        }
        return ended;
    }

    private static void requireGone(ThrowingCallable reading, long oldest) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        EventsGoneException.class,
                        gone -> assertThat(gone.oldest()).isEqualTo(oldest));
    }
}
