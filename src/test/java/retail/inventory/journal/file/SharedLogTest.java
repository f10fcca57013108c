package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.RealDisk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.simulation.ExpectedErrors;

/** Several logs that write the same files in turns, as processes of their own would. */
@ExtendWith(ExpectedErrors.class)
class SharedLogTest {

    @TempDir
    Path directory;

    private final Neighbours neighbours = new Neighbours();
    private final List<Neighbour> all = new ArrayList<>();

    /** A log and what it heard of the others. */
    private final class Neighbour {
        private final FileEventLog log;
        private final List<Event> heard = Collections.synchronizedList(new ArrayList<>());

        private Neighbour(Disk disk, Path wal, FileEventLog.Options options) {
            log = neighbours.log(disk, wal, options, (reason, place, bytes) -> {
                throw new IOException(reason);
            });
            log.open(0, Duration.ZERO, heard::add);
            all.add(this);
        }

        private CompletableFuture<Appended> append(int number) {
            CompletableFuture<Appended> answer = new CompletableFuture<>();
            Neighbours.append(log, LogOnDisk.event(number), answer::complete);
            return answer;
        }

        private long appendDurably(int number) throws Exception {
            Appended answer = append(number).get(1, TimeUnit.MINUTES);
            assertThat(answer).isInstanceOf(Appended.Durable.class);
            return ((Appended.Durable) answer).sequence();
        }
    }

    private Neighbour start(SimDisk disk) {
        return new Neighbour(disk, LogOnDisk.DIRECTORY, LogOnDisk.OPTIONS);
    }

    @AfterEach
    void close() {
        all.forEach(process -> process.log.close());
    }

    @Test
    void sequencesOfAllAreOneSeriesAndEachHearsTheOthers() throws Exception {
        Path wal = directory.resolve("wal");
        List<Neighbour> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(new Neighbour(new RealDisk(), wal, LogOnDisk.segmentsOf(20_000)));
        }
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int number = 1; number <= 900; number++) {
            answers.add(three.get(number % 3).append(number));
        }
        List<Long> sequences = new ArrayList<>();
        for (CompletableFuture<Appended> answer : answers) {
            sequences.add(((Appended.Durable) answer.get(1, TimeUnit.MINUTES)).sequence());
        }
        assertThat(sequences)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 900).boxed().toList());
        for (int i = 0; i < 3; i++) {
            int own = i;
            Neighbour process = three.get(i);
            process.log.catchUp();
            assertThat(process.log.durableSequence()).isEqualTo(900);
            assertThat(process.heard)
                    .hasSize(600)
                    .isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
            assertThat(process.heard).noneMatch(event -> event.eventId().getLeastSignificantBits() % 3 == own);
            assertThat(new SegmentFeed(new RealDisk(), wal).read(0, 900, 20).events())
                    .hasSize(20);
        }
        close();
        all.clear();
        Neighbour later = new Neighbour(new RealDisk(), wal, LogOnDisk.OPTIONS);
        assertThat(later.heard).hasSize(900);
        assertThat(later.heard.stream().map(Event::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 900).boxed().toList());
    }

    @Test
    void catchingUpHasAllThatOthersHadAnswered() throws Exception {
        SimDisk disk = new SimDisk();
        Neighbour a = start(disk);
        Neighbour b = start(disk);
        for (int number = 1; number <= 200; number++) {
            long sequence = a.appendDurably(number);
            b.log.catchUp();
            assertThat(b.heard).hasSize((int) sequence);
        }
    }

    @Test
    void followersHearOfOthersWithoutAnybodyAsking() throws Exception {
        SimDisk disk = new SimDisk();
        Neighbour a = start(disk);
        Neighbour b = start(disk);
        CompletableFuture<Void> told = new CompletableFuture<>();
        b.log.onCommit(() -> told.complete(null));
        a.appendDurably(1);
        told.get(1, TimeUnit.MINUTES);
        assertThat(b.log.read(0, 10).events()).containsExactly(LogOnDisk.logged(1));
    }

    @Test
    void whatAFailedForceLeftIsVoidForAll() throws Exception {
        SimDisk disk = new SimDisk();
        Neighbour a = start(disk);
        Neighbour b = start(disk);
        a.appendDurably(1);
        disk.hook(DiskHook.failing(Operation.FORCE, 1));
        assertThat(a.append(2).get(1, TimeUnit.MINUTES)).isInstanceOf(Appended.Unavailable.class);
        assertThat(b.appendDurably(3)).isEqualTo(2);
        await().until(() -> a.log.status().state() == State.OPEN);
        assertThat(a.appendDurably(4)).isEqualTo(3);
        requireLog(disk, 1, 3, 4);
    }

    @Test
    void whatIsNotMarkedIsNotThere() throws Exception {
        SimDisk disk = new SimDisk();
        Neighbour a = start(disk);
        Neighbour b = start(disk);
        a.appendDurably(1);
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.equals(LogOnDisk.MARK)) {
                disk.hook(DiskHook.NONE);
                throw new IOException("injected");
            }
        });
        assertThat(a.append(2).get(1, TimeUnit.MINUTES)).isInstanceOf(Appended.Unavailable.class);
        b.log.catchUp();
        assertThat(b.heard).hasSize(1);
        assertThat(b.appendDurably(3)).isEqualTo(2);
        requireLog(disk, 1, 3);
    }

    /** A process that died after it had begun a segment, or written a line to it: nobody may go on before that one. */
    @Test
    void segmentThatADeadProcessBeganIsReplaced() throws Exception {
        SimDisk disk = new SimDisk();
        Neighbour a = start(disk);
        Neighbour b = start(disk);
        a.appendDurably(1);
        b.appendDurably(2);
        signed(disk);
        disk.replace(LogOnDisk.segment(3), ByteBuffer.wrap("{\"sequence\":3,".getBytes(StandardCharsets.US_ASCII)));
        assertThat(b.appendDurably(3)).isEqualTo(3);
        assertThat(a.appendDurably(4)).isEqualTo(4);
        requireLog(disk, 1, 2, 3, 4);
    }

    /** What another process does before it changes the end of the log. */
    private static void signed(Disk disk) throws IOException {
        try (LastWriter other = new LastWriter(disk, LogOnDisk.DIRECTORY)) {
            other.sign();
        }
    }

    @Test
    void onlyWhoIsAloneMayPutDamageAside() {
        SimDisk disk = new SimDisk();
        start(disk);
        assertThatExceptionOfType(LogDamagedException.class)
                .isThrownBy(() -> new Neighbour(disk, LogOnDisk.DIRECTORY, LogOnDisk.QUARANTINE))
                .withMessageContaining("Other processes are at work");
    }

    /** A start finds these events, each once, in this order. */
    private void requireLog(SimDisk disk, int... numbers) {
        close();
        all.clear();
        disk.hook(DiskHook.NONE);
        List<Event> expected = new ArrayList<>();
        for (int number : numbers) {
            expected.add(LogOnDisk.event(number).at(expected.size() + 1L));
        }
        assertThat(start(disk).heard).isEqualTo(expected);
    }
}
