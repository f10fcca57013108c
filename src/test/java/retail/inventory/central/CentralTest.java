package retail.inventory.central;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogUnavailableException;

/** The central copy as a whole: what cannot be applied, gaps, and what is there after a restart. */
class CentralTest {

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private Copy copy = new Copy(disk, feed);

    @AfterEach
    void stops() {
        disk.hook(DiskHook.NONE);
        feed.fails(null);
        copy.close();
    }

    @Test
    void putsAsideWhatItCannotApplyAndGoesOn() {
        feed.append(event("a", 1), event("RESTOCK", "a", 50, 2), event("b", 1));
        feed.append(event(Event.RESERVE, "b", -1, 2), event(Event.ADJUST, "d", 7, -1), event("b", 0), event("c", 1));
        copy.central.start(false);

        assertThat(copy.dead()).containsExactly(2L, 4L, 5L, 6L);
        CentralDeadLetters.Letter letter = requireNonNull(copy.letters.find(2));
        assertThat(letter.reason()).contains("RESTOCK");
        assertThat(letter.place()).isEqualTo("place 2");
        assertThat(letter.text()).isEqualTo("text 2");
        assertThat(requireNonNull(copy.letters.find(4)).reason()).contains("qty");
        assertThat(requireNonNull(copy.letters.find(5)).reason()).contains("version");
        assertThat(requireNonNull(copy.letters.find(6)).reason()).contains("version");
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "101@1", "S1/b", "101@1", "S1/c", "101@1"));
        assertThat(copy.worker.position()).isEqualTo(7);
    }

    @Test
    void replayAfterTheFixClearsTheLetter() {
        feed.append(event("RESTOCK", "a", 50, 1));
        copy.central.start(false);
        assertThat(replay(1)).contains("RESTOCK");
        assertThat(copy.dead()).as("still bad").containsExactly(1L);

        feed.replace(1, event(Event.ADJUST, "a", 50, 1));
        assertThat(replay(1)).isNull();
        assertThat(copy.dead()).isEmpty();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "50@1"));
    }

    @Test
    void replayKeepsTheLetterOfAnEventThatIsGone() {
        feed.append(event("RESTOCK", "a", 50, 1));
        copy.central.start(false);
        feed.fails(new EventsGoneException(9));
        assertThat(replay(1)).contains("no longer");
        assertThat(copy.dead()).containsExactly(1L);
    }

    @Test
    void aReplayedLetterDoesNotBringAnOldStateBack() {
        feed.append(event("a", 1), event("RESTOCK", "a", 50, 2), event("a", 3));
        copy.central.start(false);
        feed.replace(2, event(Event.ADJUST, "a", 50, 2));
        assertThat(replay(2)).isNull();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3"));
    }

    @Test
    void showsAGapAndReportsItOnce() {
        feed.append(event("a", 1), event("a", 4), event("a", 5), event("a", 4), event("b", 2));
        copy.central.start(false);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "105@5", "S1/b", "102@2"));
        assertThat(copy.dead()).containsExactly(2L, 5L);
        assertThat(requireNonNull(copy.letters.find(2)).reason()).contains("versions 2 to 3");
        assertThat(requireNonNull(copy.letters.find(5)).reason()).contains("versions 1 to 1");

        restart();
        assertThat(copy.dead()).as("not again").containsExactly(2L, 5L);
    }

    @Test
    void reportsNoGapThatAnOpenLetterExplains() {
        feed.append(event("a", 1), event("RESTOCK", "a", 50, 2), event(Event.ADJUST, "a", -7, 3), event("a", 4));
        feed.append(event("RESTOCK", "b", 50, 1), event("b", 3));
        copy.central.start(false);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "104@4", "S1/b", "103@3"));
        assertThat(copy.dead()).as("of b's missing two, one is explained").containsExactly(2L, 3L, 5L, 6L);
    }

    @Test
    void reportsAGapEvenIfTheReportFailsAtFirst() {
        AtomicInteger failures = new AtomicInteger();
        copy.central.start(false);
        disk.hook((operation, file) -> {
            if (failures.incrementAndGet() <= 3) {
                throw new IOException("full");
            }
        });
        feed.commit(event("a", 1), event("a", 3));
        await().until(() -> copy.worker.position() == 2);
        assertThat(failures.get()).isPositive();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3"));
        assertThat(copy.dead()).containsExactly(2L);
    }

    @Test
    void goesOnFromItsSnapshot() throws IOException {
        feed.append(event("a", 1), event("a", 2), event("b", 1));
        copy.central.start(false);
        copy.save();
        // what the snapshot has is not read again
        feed.replace(1, event("RESTOCK", "x", 1, 1));
        feed.append(event("b", 2));
        restart();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "102@2", "S1/b", "102@2"));
        assertThat(copy.dead()).isEmpty();
    }

    @Test
    void writesASnapshotWhenItStops() {
        feed.append(event("a", 1));
        copy.central.start(false);
        copy.close();
        feed.replace(1, event("RESTOCK", "a", 1, 1));
        copy = Copy.started(disk, feed);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "101@1"));
    }

    @Test
    void rebuildsFromTheLogWhenAsked() {
        feed.append(event("a", 1));
        copy.central.start(false);
        copy.close();
        feed.replace(1, event(Event.ADJUST, "a", 7, 1));
        copy = new Copy(disk, feed);
        copy.central.start(true);
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "7@1"));
    }

    /** The snapshot's position is behind the event already, so only the letter knows of it. */
    @Test
    void keepsAReplayedEventThroughARestart() {
        feed.append(event("RESTOCK", "a", 50, 1), event("b", 1));
        copy.central.start(false);
        restart();
        feed.replace(1, event(Event.ADJUST, "a", 50, 1));
        assertThat(replay(1)).isNull();
        restart();
        assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "50@1", "S1/b", "101@1"));
        assertThat(copy.dead()).isEmpty();
    }

    @Test
    void leavesNoThreadWhenItsStartFails() {
        feed.append(event("a", 1));
        feed.fails(new LogUnavailableException(LogUnavailableException.Cause.STORAGE_FAILED, "no disk today"));
        assertThatThrownBy(() -> copy.central.start(false)).hasMessage("no disk today");
        assertThat(copy.central.isStarted()).isFalse();
        copy.close();
        int reads = feed.reads();
        feed.fails(null);
        feed.commit(event("a", 2));
        await().during(Duration.ofMillis(100)).until(() -> feed.reads() == reads);
    }

    private @Nullable String replay(long id) {
        return copy.central.replay(requireNonNull(copy.letters.find(id)));
    }

    private void restart() {
        copy.close();
        copy = Copy.started(disk, feed);
    }
}
