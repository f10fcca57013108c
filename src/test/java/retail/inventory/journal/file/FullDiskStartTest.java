package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.simulation.ExpectedErrors;

/** A log on a disk without room for one more byte, or one more file, is read all the same. */
@ExtendWith(ExpectedErrors.class)
class FullDiskStartTest {

    private final SimDisk disk = new SimDisk();
    private final AtomicBoolean full = new AtomicBoolean(true);

    private void fill() {
        disk.hook((operation, file) -> {
            if (full.get()
                    && (operation == Operation.WRITE
                            || isNew(operation, file.getFileName().toString()))) {
                throw new IOException("No space left on device");
            }
        });
    }

    /** The disk has no inode for these. */
    private static boolean isNew(Operation operation, String name) {
        return operation == Operation.OPEN && (name.endsWith(".tmp") || name.contains(".torn-"));
    }

    private void writes(int... events) {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            for (int event : events) {
                log.appendDurably(LogOnDisk.event(event));
            }
        }
    }

    @Test
    void isReadAndSaysWhyItTakesNothing() {
        writes(1, 2);
        fill();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.log().durableSequence()).isEqualTo(2);
            assertThat(log.log().read(0, 10).events()).hasSize(2);
            assertThat(log.log().status().state()).isEqualTo(State.READ_ONLY);
            assertThat(log.log().status().reason())
                    .contains("No space left on device (no block or no inode is free: see df -h and df -i)");
            log.refuses(Cause.STORAGE_FAILED);
        }
        LogOnDisk.requireEvents(disk.kill(), 1, 2);
    }

    @Test
    void takesEventsAsSoonAsThereIsRoom() {
        writes(1, 2);
        fill();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            full.set(false);
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(3))).isEqualTo(3);
        }
        LogOnDisk.requireEvents(disk.kill(), 1, 2, 3);
    }

    @Test
    void isReadThoughItEndsInALineThatWasCutOff() throws IOException {
        writes(1, 2);
        byte[] whole = disk.read(LogOnDisk.segment(1));
        String torn = new String(whole, StandardCharsets.UTF_8) + "{\"sequence\":3,";
        disk.put(LogOnDisk.segment(1), torn.getBytes(StandardCharsets.UTF_8));
        fill();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.recovered().repairs()).singleElement().asString().contains("could not be kept", "df -i");
            assertThat(log.log().status().state()).isEqualTo(State.READ_ONLY);
            full.set(false);
            await().until(() -> log.log().status().state() == State.OPEN);
            assertThat(log.appendDurably(LogOnDisk.event(4))).isEqualTo(3);
        }
        LogOnDisk.requireEvents(disk.kill(), 1, 2, 4);
    }

    /** Nobody knows whether they are durable, and shown they must be. */
    @Test
    void isNotReadWithLinesThatHaveToBeWrittenAgain() throws IOException {
        writes(1, 2, 3);
        disk.remove(LogOnDisk.MARK);
        fill();
        assertThatThrownBy(() -> LogOnDisk.open(disk))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("df -i");
        disk.hook(DiskHook.NONE);
        LogOnDisk.requireEvents(disk, 1, 2, 3);
    }

    @Test
    void isReadWhenTheDiskFailsInAnyStepOfMakingItsEndReady() {
        writes(1, 2);
        List.of(Operation.SYNC, Operation.RENAME, Operation.DELETE, Operation.FORCE, Operation.WRITE)
                .forEach(step -> {
                    SimDisk failing = disk.copy();
                    failing.hook(DiskHook.failing(step, 1));
                    try (LogOnDisk log = LogOnDisk.open(failing)) {
                        await().until(() -> log.log().status().state() == State.OPEN);
                        assertThat(log.appendDurably(LogOnDisk.event(3)))
                                .as("after a failed " + step)
                                .isEqualTo(3);
                    }
                    LogOnDisk.requireEvents(failing.kill(), 1, 2, 3);
                });
    }
}
