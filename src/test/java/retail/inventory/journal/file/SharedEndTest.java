package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.HookedDisk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.simulation.ExpectedErrors;

/** What a process does at the end of a shared log, when it was there last and when another was. */
@ExtendWith(ExpectedErrors.class)
class SharedEndTest {

    private static final Path FIRST = LogOnDisk.segment(1);
    private static final int OPERATIONS_MAX = 40;

    private final Neighbours neighbours = new Neighbours();
    private final List<FileEventLog> open = new ArrayList<>();
    private final SimDisk disk = new SimDisk();

    private FileEventLog start(Disk on) {
        FileEventLog log = neighbours.log(on, LogOnDisk.DIRECTORY, LogOnDisk.OPTIONS, (reason, place, bytes) -> {
            throw new IOException(reason);
        });
        open.add(log);
        log.open(0, Duration.ZERO, event -> {});
        return log;
    }

    @AfterEach
    void close() {
        disk.hook(DiskHook.NONE);
        open.forEach(FileEventLog::close);
    }

    private static Appended append(FileEventLog log, int number) throws Exception {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        Neighbours.append(log, LogOnDisk.event(number), answer::complete);
        return answer.get(1, TimeUnit.MINUTES);
    }

    private static void write(FileEventLog log, int... numbers) throws Exception {
        for (int number : numbers) {
            assertThat(append(log, number)).isInstanceOf(Appended.Durable.class);
        }
    }

    @Test
    void whoWasThereLastLooksForNothing() throws Exception {
        FileEventLog a = start(disk);
        FileEventLog b = start(disk);
        write(a, 1);
        Set<Path> opened = new ConcurrentSkipListSet<>();
        disk.hook((operation, file) -> {
            if (operation == Operation.OPEN) {
                opened.add(file);
            }
        });
        write(a, 2, 3, 4);
        b.catchUp(); // reads, which is no turn
        opened.clear();
        write(a, 5, 6);
        b.catchUp();
        opened.remove(FIRST); // by whoever reads it
        assertThat(opened).isEmpty();
        write(b, 7);
        assertThat(opened).contains(LogOnDisk.DIRECTORY.resolve("writer"));
        LogOnDisk.requireEvents(disk.copy(), 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void oneRoomIsEnoughForAll() throws Exception {
        FileEventLog a = start(disk);
        FileEventLog b = start(disk);
        write(a, 1);
        byte[] lines = LogOnDisk.join(LogOnDisk.lines(disk, FIRST));
        byte[] first = disk.read(FIRST);
        assertThat(first.length).isEqualTo(lines.length + Preallocation.BYTES);
        assertThat(Arrays.copyOfRange(first, lines.length, first.length)).containsOnly('\n');
        write(b, 2, 3);
        write(a, 4);
        write(b, 5);
        assertThat(disk.read(FIRST)).hasSameSizeAs(first);
        LogOnDisk.requireEvents(disk.copy(), 1, 2, 3, 4, 5);
    }

    /** Of its lines the first half is there, so that the next one finds neither room nor an end. */
    @Test
    void whatSomebodyLeftInTheRoomIsVoid() throws Exception {
        FileEventLog a = start(disk);
        FileEventLog b = start(disk);
        write(a, 1);
        write(b, 2);
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.equals(FIRST)) {
                disk.hook(DiskHook.NONE);
                throw new IOException("injected");
            }
        });
        assertThat(append(a, 90)).isInstanceOf(Appended.Unavailable.class);
        write(b, 3);
        assertThat(Segments.firsts(Segments.of(disk)))
                .as("the first one begins another when its disk works again")
                .startsWith(1L, 3L);
        LogOnDisk.requireEvents(disk.copy(), 1, 2, 3);
    }

    /** Before each of its operations in turn; the write that it dies in is half done. */
    @Test
    void othersGoOnBehindOneThatDiedAnywhere() throws Exception {
        int deaths = 0;
        for (int at = 1; at <= OPERATIONS_MAX; at++) {
            SimDisk shared = new SimDisk();
            AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
            Disk mortal = new HookedDisk(shared, (operation, file) -> {
                if (left.get() <= 0) {
                    throw new IOException("this process is dead");
                }
            });
            FileEventLog other = start(shared);
            FileEventLog dies = start(mortal);
            write(dies, 1);
            write(other, 2);
            int dying = at;
            shared.hook((operation, file) -> {
                if (Thread.currentThread().getName().equals("log-writer") && left.get() == Integer.MAX_VALUE) {
                    left.set(dying);
                }
                if (left.get() != Integer.MAX_VALUE && left.decrementAndGet() == 0) {
                    throw new IOException("this process dies in " + operation);
                }
            });
            boolean acknowledged = append(dies, 3) instanceof Appended.Durable;
            deaths += acknowledged ? 0 : 1;
            shared.hook(DiskHook.NONE);
            left.set(0);
            write(other, 4, 5);
            if (acknowledged) {
                LogOnDisk.requireEvents(shared.copy(), 1, 2, 3, 4, 5);
            } else {
                LogOnDisk.requireEvents(shared.copy(), 1, 2, 4, 5);
            }
            close();
            open.clear();
        }
        assertThat(deaths).isBetween(4, OPERATIONS_MAX - 1);
    }
}
