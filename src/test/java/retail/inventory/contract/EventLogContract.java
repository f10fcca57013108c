package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.Events;
import retail.inventory.journal.LogUnavailableException;

/** What every {@link EventLog} promises, whatever it keeps its events in. */
abstract class EventLogContract {

    private static final long START_MS = 1_700_000_000_000L;

    /** The log of the same storage each time; the one before it is closed. */
    abstract EventLog log();

    @Test
    void beginsEmpty() {
        try (EventLog log = log()) {
            assertThat(log.status().state()).isEqualTo(State.OPENING);
            assertThat(read(log, 0, Duration.ZERO)).isEmpty();
            assertThat(log.durableSequence()).isZero();
            assertThat(log.status()).isEqualTo(new EventLog.LogStatus(State.OPEN, "", 0, 0));
        }
    }

    @Test
    void refusesEventsBeforeItIsOpenAndAfterItIsClosed() {
        EventLog log = log();
        refuses(log, LogUnavailableException.Cause.STARTING);
        read(log, 0, Duration.ZERO);
        log.close();
        refuses(log, LogUnavailableException.Cause.CLOSED);
        assertThat(log.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void givesBackWhatItTookInTheOrderOfAppends() {
        append(1, 50);
        append(51, 60);
        try (EventLog log = log()) {
            List<Event> events = read(log, 0, Duration.ZERO);
            assertThat(events).hasSize(60);
            for (int i = 1; i <= 60; i++) {
                assertThat(events.get(i - 1)).isEqualTo(event(i, i));
            }
            assertThat(log.durableSequence()).isEqualTo(60);
        }
    }

    @Test
    void handsOverAtLeastWhatComesAfterASequence() {
        append(1, 20);
        try (EventLog log = log()) {
            assertThat(read(log, 15, Duration.ZERO).stream().map(Event::sequence))
                    .contains(16L, 17L, 18L, 19L, 20L);
        }
    }

    @Test
    void handsOverAtLeastWhatIsAsYoungAsKeysLive() {
        append(1, 20);
        try (EventLog log = log()) {
            assertThat(read(log, 20, Duration.ofMillis(9)).stream().map(Event::sequence))
                    .contains(12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
        }
    }

    @Test
    void answersDurableInLogOrderOnlyOnceTheyAre() {
        try (EventLog log = log()) {
            read(log, 0, Duration.ZERO);
            List<Long> answers = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> last = new CompletableFuture<>();
            for (int i = 1; i <= 100; i++) {
                int number = i;
                log.append(event(Event.NOT_YET, i), outcome -> {
                    long sequence = ((Appended.Durable) outcome).sequence();
                    answers.add(log.durableSequence() >= sequence ? sequence : -1);
                    if (number == 100) {
                        last.complete(null);
                    }
                });
            }
            last.orTimeout(1, TimeUnit.MINUTES).join();
            assertThat(answers).hasSize(100).isSorted().startsWith(1L).endsWith(100L);
        }
    }

    @Test
    void takesAnEventOnce() {
        append(1, 3);
        try (EventLog log = log()) {
            read(log, 0, Duration.ZERO);
            assertThatThrownBy(() -> log.append(event(Event.NOT_YET, 3), outcome -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void surfacesAnAnswerThatThrowsToNobodyElse() {
        try (EventLog log = log()) {
            read(log, 0, Duration.ZERO);
            CompletableFuture<Appended> second = new CompletableFuture<>();
            log.append(event(Event.NOT_YET, 1), outcome -> {
                throw new IllegalStateException("a mistake of the caller");
            });
            log.append(event(Event.NOT_YET, 2), second::complete);
            assertThat(second.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(new Appended.Durable(2));
        }
    }

    @Test
    void givesAllThatIsAskedForAfterARelease() {
        appendOneByOne(1, 40);
        for (int through : new int[] {1, 12, 30, 33, 40}) {
            release(through);
            for (int after : new int[] {through, (through + 40) / 2, 40}) {
                for (int liveMs : new int[] {0, 1, (40 - through) / 2, 40 - through, 1000}) {
                    requireRead(through, after, liveMs);
                }
            }
        }
    }

    @Test
    void givesBackEverythingWhenNothingWasReleased() {
        appendOneByOne(1, 40);
        release(0);
        requireRead(0, 0, 0);
        requireRead(0, 40, 1000);
    }

    @Test
    void releasesAgainWhatWasReleasedBefore() {
        appendOneByOne(1, 40);
        for (int time = 0; time < 3; time++) {
            release(20);
            release(10);
            requireRead(20, 20, 0);
        }
    }

    @Test
    void takesEventsAfterARelease() {
        appendOneByOne(1, 40);
        release(40);
        appendOneByOne(41, 50);
        requireRead(40, 40, 0);
        release(45);
        requireRead(45, 45, 0);
    }

    /** Each in a batch of its own, so that a log that has segments has several. */
    private void appendOneByOne(int from, int to) {
        try (EventLog log = log()) {
            read(log, from - 1, Duration.ZERO);
            for (int i = from; i <= to; i++) {
                CompletableFuture<Appended> answer = new CompletableFuture<>();
                log.append(event(Event.NOT_YET, i), answer::complete);
                assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(new Appended.Durable(i));
            }
        }
    }

    private void release(int through) {
        try (EventLog log = log()) {
            read(log, through, Duration.ZERO);
            log.release(through, Duration.ZERO, nanos -> {});
        }
    }

    /** An open hands over what comes after a sequence, and what was not released and may be as young as that. */
    private void requireRead(int released, int after, int liveMs) {
        try (EventLog log = log()) {
            List<Event> read = read(log, after, Duration.ofMillis(liveMs));
            int latest = (int) log.durableSequence();
            List<Event> asked = new ArrayList<>(); // an event a millisecond
            for (int i = Math.max(released, Math.min(after, latest - liveMs)) + 1; i <= latest; i++) {
                asked.add(event(i, i));
            }
            assertThat(read).as("after " + after + ", live " + liveMs).endsWith(asked.toArray(Event[]::new));
        }
    }

    private void append(int from, int to) {
        try (EventLog log = log()) {
            read(log, 0, Duration.ZERO);
            for (int i = from; i <= to; i++) {
                log.append(
                        event(Event.NOT_YET, i), outcome -> assertThat(outcome).isInstanceOf(Appended.Durable.class));
            }
        }
    }

    private static List<Event> read(EventLog log, long after, Duration keysLive) {
        List<Event> events = new ArrayList<>();
        log.open(after, keysLive, events::add);
        return events;
    }

    private static void refuses(EventLog log, LogUnavailableException.Cause cause) {
        assertThatThrownBy(() -> log.append(event(Event.NOT_YET, 1), outcome -> {}))
                .isInstanceOfSatisfying(
                        LogUnavailableException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(cause));
    }

    private static Event event(long sequence, int number) {
        return Events.event(
                sequence,
                new UUID(1, number),
                START_MS + number,
                Event.ADJUST,
                "STORE001",
                "SKU",
                -number,
                null,
                1000 - number,
                number,
                new Event.KeyedRequest("key \"" + number, "f"));
    }
}
