package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.simulation.ExpectedErrors;

/** The room behind the lines of a segment that is written: line feeds that later lines overwrite. */
@ExtendWith(ExpectedErrors.class)
class RoomTest {

    private static final Path FIRST = LogOnDisk.segment(1);
    private static final int ROOM = 1 << 18;

    private final SimDisk disk = new SimDisk();

    /** A disk whose process was killed when it had written some events. */
    private SimDisk killedAfter(int events) {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            for (int i = 1; i <= events; i++) {
                log.appendDurably(LogOnDisk.event(i));
            }
            return disk.kill();
        }
    }

    @Test
    void isMadeOnceForManyBatches() throws IOException {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            int line = lines(disk).length;
            byte[] first = disk.read(FIRST);
            assertThat(first).hasSize(line + ROOM);
            assertThat(Arrays.copyOfRange(first, line, first.length)).containsOnly('\n');

            log.appendDurably(LogOnDisk.event(2));
            log.appendDurably(LogOnDisk.event(3));

            assertThat(disk.read(FIRST)).hasSameSizeAs(first);
            assertThat(log.log().durableSequence()).isEqualTo(3);
        }
        assertThat(disk.read(FIRST)).as("cut off by a stop").isEqualTo(lines(disk));
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 3));
        }
    }

    @Test
    void isMadeAgainWhenItIsUsedUp() throws IOException {
        int events = 2_000;
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            int size = disk.read(FIRST).length;

            log.appendAll(2, events).forEach(CompletableFuture::join);

            assertThat(disk.read(FIRST).length).isGreaterThan(size).isGreaterThan(lines(disk).length);
        }
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, events));
        }
    }

    @Test
    void takesTheNextLinesAfterAKill() throws IOException {
        SimDisk killed = killedAfter(3);
        assertThat(killed.read(FIRST).length).isGreaterThan(lines(killed).length);
        try (LogOnDisk log = LogOnDisk.open(killed)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 3));
            assertThat(log.recovered().repairs()).isEmpty();
            assertThat(log.recovered().bytes()).isEqualTo(lines(killed).length);
            int size = killed.read(FIRST).length;
            assertThat(log.appendDurably(LogOnDisk.event(4))).isEqualTo(4);
            assertThat(killed.read(FIRST)).as("still within the room there was").hasSize(size);
        }
        assertThat(Segments.firsts(Segments.of(killed))).containsExactly(1L);
        assertThat(killed.read(FIRST)).isEqualTo(lines(killed));
        LogOnDisk.requireEvents(killed, 1, 2, 3, 4);
    }

    @Test
    void staysWithinASegmentSoThatAFullOneHasNone() throws IOException {
        int max = 1000;
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.segmentsOf(max))) {
            log.appendDurably(LogOnDisk.event(1));
            assertThat(disk.read(FIRST)).hasSize(max);
            for (int i = 2; i <= 20; i++) {
                log.appendDurably(LogOnDisk.event(i));
            }
            List<Segment> segments = Segments.of(disk);
            for (Segment full : segments.subList(0, segments.size() - 1)) {
                assertThat(disk.read(full.file()))
                        .isEqualTo(LogOnDisk.join(LogOnDisk.lines(disk, full.file())))
                        .hasSizeGreaterThanOrEqualTo(max);
            }
        }
    }

    @Test
    void isNoPartOfATornLine() throws IOException {
        SimDisk killed = killedAfter(3);
        byte[] content = killed.read(FIRST);
        int end = lines(killed).length;
        byte[] torn = "{\"sequence\":4,\"to".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(torn, 0, content, end, torn.length);
        killed.put(FIRST, content);

        try (LogOnDisk log = LogOnDisk.open(killed)) {
            assertThat(log.read()).isEqualTo(LogOnDisk.logged(1, 3));
            assertThat(log.recovered().repairs())
                    .singleElement()
                    .asString()
                    .contains(torn.length + 1 + " bytes after sequence 3");
            assertThat(log.appendDurably(LogOnDisk.event(4))).isEqualTo(4);
        }
        assertThat(killed.read(LogOnDisk.DIRECTORY.resolve(FIRST.getFileName() + ".torn-" + end)))
                .startsWith(torn)
                .hasSize(torn.length + 1);
        LogOnDisk.requireEvents(killed, 1, 2, 3, 4);
    }

    @Test
    void costsNothingWhenItIsDamaged() throws IOException {
        SimDisk killed = killedAfter(3);
        byte[] whole = killed.read(FIRST);
        int end = lines(killed).length;
        for (int at : List.of(end, end + 1, end + 70_000, end + 140_000, whole.length - 1)) {
            byte[] content = whole.clone();
            content[at] ^= 0x20;
            SimDisk damaged = killed.copy();
            damaged.put(FIRST, content);

            try (LogOnDisk log = LogOnDisk.open(damaged)) {
                assertThat(log.read()).as("byte " + at).isEqualTo(LogOnDisk.logged(1, 3));
                assertThat(log.recovered().repairs()).hasSize(1);
                log.appendDurably(LogOnDisk.event(4));
            }
            LogOnDisk.requireEvents(damaged, 1, 2, 3, 4);
        }
    }

    @Test
    void isNotWhatStandsBetweenLines() throws IOException {
        SimDisk killed = killedAfter(3);
        List<byte[]> lines = new ArrayList<>(LogOnDisk.lines(killed, FIRST));
        lines.add(1 + 2, new byte[] {'\n', '\n'});
        killed.put(FIRST, LogOnDisk.join(lines));

        assertThatThrownBy(() -> LogOnDisk.open(killed))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("line 4,")
                .hasMessageContaining("where sequence 3 should be: empty lines come before others");
    }

    @Test
    void hidesNothingThatWasAcknowledged() throws IOException {
        SimDisk killed = killedAfter(3);
        byte[] content = killed.read(FIRST);
        byte[] lines = lines(killed);
        int last = LogOnDisk.lines(killed, FIRST).getLast().length;
        Arrays.fill(content, lines.length - last, lines.length, (byte) '\n');
        killed.put(FIRST, content);

        assertThatThrownBy(() -> LogOnDisk.open(killed))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("ends at sequence 2, but 3 was acknowledged");
    }

    @Test
    void isNeededForACommit() {
        AtomicInteger writes = new AtomicInteger();
        disk.hook((operation, file) -> {
            if (operation == DiskHook.Operation.WRITE && file.equals(FIRST) && writes.incrementAndGet() == 2) {
                throw new IOException("no space left on device");
            }
        });
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.appendAndWait(LogOnDisk.event(90))).isInstanceOf(Appended.Unavailable.class);
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(1))).isEqualTo(1);
        }
        LogOnDisk.requireEvents(disk, 1);
    }

    @Test
    void isNotCutOffAfterAFailure() {
        AtomicInteger touched = new AtomicInteger();
        FileEventLog.Options tryingAgainLater = new FileEventLog.Options(64L << 20, 1 << 20, 10_000, false, null);
        try (LogOnDisk log = LogOnDisk.open(disk, tryingAgainLater)) {
            log.appendDurably(LogOnDisk.event(1));
            disk.hook((operation, file) -> {
                if (file.equals(FIRST) && touched.incrementAndGet() == 1) {
                    throw new IOException("injected: " + operation);
                }
            });
            assertThat(log.appendAndWait(LogOnDisk.event(2))).isInstanceOf(Appended.Unavailable.class);
        }
        assertThat(touched).as("the write that failed, and nothing after it").hasValue(1);
    }

    @Test
    void survivesAPowerCutAtEveryMoment() {
        for (int operations = 1; operations < 40; operations++) {
            SimDisk cut = new SimDisk();
            List<Integer> acknowledged = new ArrayList<>();
            cut.hook(DiskHook.failingAt(operations, true));
            try (LogOnDisk log = LogOnDisk.open(cut)) {
                for (int i = 1; i <= 5; i++) {
                    if (log.append(LogOnDisk.event(i)).join() instanceof Appended.Durable) {
                        acknowledged.add(i);
                    }
                }
            } catch (RuntimeException refused) {
                // the power went while it started, or before an append
            }
            SimDisk killed = cut.kill();
            for (int seed = 0; seed < 5; seed++) {
                try (LogOnDisk log = LogOnDisk.open(killed.crash(new Random(seed)))) {
                    assertThat(log.read())
                            .as("operation %d, seed %d", operations, seed)
                            .hasSizeGreaterThanOrEqualTo(acknowledged.size());
                    assertThat(log.read().subList(0, acknowledged.size()))
                            .isEqualTo(LogOnDisk.logged(1, acknowledged.size()));
                }
            }
        }
    }

    /** What the first segment has without its room. */
    private static byte[] lines(SimDisk disk) throws IOException {
        return LogOnDisk.join(LogOnDisk.lines(disk, FIRST));
    }
}
