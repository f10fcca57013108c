package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed.Batch;

/** What the follower of a log does when it cannot look, or does not like what it sees. */
class FollowedLogFailureTest {

    private static final FileEventLog.Options TINY = LogOnDisk.keeping(null);

    private final SimDisk disk = new SimDisk();
    private final Looks looks = new Looks();
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY);

    @AfterEach
    void stops() {
        disk.hook(DiskHook.NONE);
        followed.close();
    }

    @Test
    void takesNoNoticeOfAMarkThatIsJustOverwritten() throws IOException {
        LogOnDisk.write(disk, 10, TINY);
        byte[] mark = disk.read(LogOnDisk.MARK);
        followed.start();
        disk.hook(looks);
        byte[] half = mark.clone();
        half[31]++; // the last digit is new, the checksum is not
        for (byte[] torn : List.of(new byte[mark.length], new byte[0], half)) {
            disk.put(LogOnDisk.MARK, torn);
            looks.awaitTwo();
            long age = followed.lookAgeMs();
            await().until(() -> followed.lookAgeMs() > age + 20);
            assertThat(followed.problem()).isEmpty();
            assertThat(followed.durableSequence()).isEqualTo(10);
            assertThat(readOn(0)).isEqualTo(LogOnDisk.logged(1, 10));
            disk.put(LogOnDisk.MARK, mark);
            await().until(() -> followed.lookAgeMs() < age + 20);
        }
    }

    @Test
    void standsStillWhenTheMarkGoesBack() throws IOException {
        LogOnDisk.write(disk, 10, TINY);
        byte[] mark = disk.read(LogOnDisk.MARK);
        followed.start();
        disk.put(LogOnDisk.MARK, mark(3));
        await().until(() -> !followed.problem().isEmpty());
        assertThat(followed.problem()).contains("went back from 10 to 3").contains("start this process again");
        assertThat(followed.durableSequence()).isEqualTo(10);
        assertThat(readOn(0)).isEqualTo(LogOnDisk.logged(1, 10));
        long age = followed.lookAgeMs();
        await().until(() -> followed.lookAgeMs() > age + 20);

        disk.put(LogOnDisk.MARK, mark);
        await().until(() -> followed.problem().isEmpty());
        assertThat(followed.durableSequence()).isEqualTo(10);
    }

    private static byte[] mark(long durable) throws IOException {
        SimDisk other = new SimDisk();
        try (DurableMark mark = new DurableMark(other, LogOnDisk.DIRECTORY)) {
            mark.advance(durable);
        }
        return other.read(LogOnDisk.MARK);
    }

    @Test
    void saysThatTheDiskFailsAndGoesOnWhenItWorks() {
        LogOnDisk.write(disk, 10, TINY);
        followed.start();
        disk.hook((operation, file) -> {
            throw new IOException("injected");
        });
        await().until(() -> !followed.problem().isEmpty());
        assertThat(followed.problem()).contains(LogOnDisk.DIRECTORY.toString()).contains("injected");
        long age = followed.lookAgeMs();
        await().until(() -> followed.lookAgeMs() > age + 50);
        assertThat(followed.durableSequence()).isEqualTo(10);

        disk.hook(DiskHook.NONE);
        await().until(() -> followed.problem().isEmpty());
        await().until(() -> followed.lookAgeMs() < age + 50);
    }

    @Test
    void standsStillWhileEventsCannotBeReadAndMissesNoneOfThem() {
        collect();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            followed.start();
            log.appendDurably(LogOnDisk.event(2));
            await().until(() -> seen.size() == 2);
            disk.hook((operation, file) -> {
                if (operation == Operation.OPEN && file.equals(LogOnDisk.segment(1))) {
                    throw new IOException("injected");
                }
            });
            log.appendDurably(LogOnDisk.event(3));
            await().until(() -> !followed.problem().isEmpty());
            assertThat(followed.durableSequence()).isEqualTo(2);
            assertThat(seen).hasSize(2);

            disk.hook(DiskHook.NONE);
            await().until(() -> seen.size() == 3);
            await().until(() -> followed.problem().isEmpty());
        }
        assertThat(seen).isEqualTo(LogOnDisk.logged(1, 3));
    }

    /** Reads on at every commit, as followers do. */
    private void collect() {
        followed.onCommit(() -> {
            Batch batch;
            do {
                batch = followed.read(seen.size(), 1000);
                seen.addAll(batch.events());
            } while (!batch.events().isEmpty());
        });
    }

    private List<Event> readOn(long after) {
        List<Event> events = new ArrayList<>();
        for (long at = after; at < followed.durableSequence(); ) {
            Batch batch = followed.read(at, 1500);
            events.addAll(batch.events());
            at = batch.through();
        }
        return events;
    }
}
