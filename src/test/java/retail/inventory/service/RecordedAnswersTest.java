package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.service.WritePath.KEY;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** A remembered key whose event is not there to be read: it never has a second effect unless it is over. */
class RecordedAnswersTest {

    private static final KeyedRequest REQUEST = new KeyedRequest("key-1", "1");
    private static final Answer.Accepted FIRST =
            WritePath.accepted(1, WritePath.record(KEY, 1, 1, HeldClock.START), new UUID(0, 5), 5, false);

    private final RecordedEvents log = new RecordedEvents();
    private final Idempotency keys = new Idempotency(
            log, new HeldClock()::nanoTime, Duration.ofMinutes(5).toMillis(), 100, 10_000);

    @Test
    void logThatCannotBeReadNowIsToldAndTheRequestDoesNotRunAgain() {
        remembered();
        for (RuntimeException e : List.of(
                new LogUnavailableException(Cause.STORAGE_FAILED, "an input/output error"),
                new LogDamagedException("an input/output error"))) {
            log.fails(e);
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(this::again)
                    .withMessage("an input/output error");
        }
        log.fails(null);
        assertThat(again()).isEqualTo(FIRST.asReplay());
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void eventThatWasLostToDamageIsToldAndTheRequestDoesNotRunAgain() {
        remembered();
        log.damages(5);
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(this::again)
                .withMessageContaining("sequence 5");
    }

    @Test
    void anotherEventInItsPlaceIsNoAnswer() {
        remembered();
        log.put(new KeyedRequest("key-2", "1"), FIRST);
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(this::again)
                .withMessageContaining("sequence 5");
    }

    @Test
    void eventThatIsKnownButNotShownYetIsWaitedForByTheCaller() {
        remembered();
        log.shows(4);
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(this::again);
        log.shows(5);
        assertThat(again()).isEqualTo(FIRST.asReplay());
    }

    @Test
    void keyWhoseEventTheLogLetGoOfIsOver() {
        remembered();
        log.lose(5);
        Answer.Accepted second = WritePath.accepted(1, FIRST.record(), new UUID(0, 6), 6, false);
        assertThat(keys.once(REQUEST, false, Slot.UNLIMITED, claim -> {
                    log.put(claim.request(), second);
                    claim.answered(second);
                    return second;
                }))
                .isEqualTo(second);
        assertThat(again()).isEqualTo(second.asReplay());
        assertThat(keys.firstNeeded()).isEqualTo(5);
    }

    private void remembered() {
        keys.restore(log.put(REQUEST, FIRST));
        keys.started(0);
    }

    private @Nullable Answer again() {
        return keys.once(REQUEST, false, Slot.UNLIMITED, claim -> {
            throw new AssertionError("a remembered request must not run again");
        });
    }
}
