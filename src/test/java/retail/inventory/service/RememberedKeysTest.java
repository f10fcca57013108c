package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.service.WritePath.KEY;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event.KeyedRequest;

/** The table of keys alone: what it remembers, for how long, and how much of it. */
class RememberedKeysTest {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int KEYS_MAX = 3;
    private static final int LEAPS_ALLOWED_FOR = 8;

    private final HeldClock clock = new HeldClock();
    private final RecordedEvents log = new RecordedEvents();
    private final Idempotency keys = new Idempotency(log, clock::nanoTime, TTL.toMillis(), KEYS_MAX, 10_000);

    @Test
    void refusesAKeyBeyondTheMost() {
        for (int i = 1; i <= KEYS_MAX; i++) {
            assertThat(asked("key-" + i)).isEqualTo(answer(i));
        }
        assertThatExceptionOfType(ServiceUnavailableException.class)
                .isThrownBy(() -> asked("key-4"))
                .extracting(ServiceUnavailableException::reason)
                .isEqualTo(ServiceUnavailableException.Reason.OVERLOADED);
        assertThat(keys.size()).isEqualTo(KEYS_MAX);
    }

    @Test
    void forgetsNoKeyEarlyHoweverFullItIs() {
        for (int i = 1; i <= KEYS_MAX; i++) {
            asked("key-" + i);
        }
        clock.shows(TTL.minusMillis(1));
        assertThatExceptionOfType(ServiceUnavailableException.class).isThrownBy(() -> asked("key-4"));
        for (int i = 1; i <= KEYS_MAX; i++) {
            assertThat(asked("key-" + i)).isEqualTo(answerAt(i, HeldClock.START).asReplay());
        }
    }

    @Test
    void placeOfAForgottenKeyIsFree() {
        for (int i = 1; i <= KEYS_MAX; i++) {
            clock.shows(Duration.ofSeconds(i));
            asked("key-" + i);
        }
        clock.shows(TTL.plusSeconds(1));
        assertThat(asked("key-4")).isEqualTo(answer(4));
        assertThat(keys.size()).isEqualTo(KEYS_MAX);
        assertThatExceptionOfType(ServiceUnavailableException.class).isThrownBy(() -> asked("key-5"));
    }

    @Test
    void forgetsWhenItLearnsSoThatOldKeysDoNotPileUp() {
        asked("key-1");
        asked("key-2");
        clock.shows(TTL);
        asked("key-3");
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void keyFromTheLogIsAnsweredLikeAFreshOne() {
        Answer.Accepted recorded = answer(1);
        keys.restore(log.put(request("key-1", "1"), recorded));
        keys.started(0);
        assertThat(keys.once(request("key-1", "1"), false, Slot.UNLIMITED, claim -> refuse()))
                .isEqualTo(recorded.asReplay());
        assertThat(keys.once(request("key-1", "2"), false, Slot.UNLIMITED, claim -> refuse()))
                .isEqualTo(new Answer.KeyReused("key-1"));
    }

    @Test
    void keyFromTheLogCountsFromItsEventOnByTheLog() {
        keys.restore(log.put(request("key-1", "1"), answerAt(1, HeldClock.START.minusSeconds(60 + LEAPS_ALLOWED_FOR))));
        everySecondUntilTheStart(60 + LEAPS_ALLOWED_FOR);
        clock.leaps(Duration.ofDays(31));
        keys.started(0);
        clock.shows(TTL.minusSeconds(60).minusMillis(1)); // the start comes whenever it likes
        assertThat(asked("key-1"))
                .isEqualTo(answerAt(1, HeldClock.START.minusSeconds(60 + LEAPS_ALLOWED_FOR))
                        .asReplay());
        clock.shows(TTL.minusSeconds(60));
        assertThat(asked("key-1")).isEqualTo(answer(1));
    }

    @Test
    void keyFromTheLogWhoseTimeIsOverIsNotRemembered() {
        int seconds = (int) TTL.toSeconds() + LEAPS_ALLOWED_FOR;
        keys.restore(log.put(request("key-1", "1"), answerAt(1, HeldClock.START.minusSeconds(seconds))));
        everySecondUntilTheStart(seconds);
        keys.started(0);
        assertThat(keys.size()).isZero();
    }

    /** Events of others, the latest now. */
    private void everySecondUntilTheStart(int seconds) {
        Instant first = clock.instant().minusSeconds(seconds);
        for (int i = 1; i <= seconds; i++) {
            keys.restore(RecordedEvents.unkeyed(first.plusSeconds(i)));
        }
    }

    @Test
    void keyThatTheProcessBeforeKnewToBeOverIsNotRemembered() {
        keys.restore(log.put(request("key-1", "1"), answer(1)));
        keys.restore(log.put(request("key-2", "2"), answer(2)));
        keys.started(2);
        assertThat(keys.size()).isEqualTo(1);
        assertThat(asked("key-2")).isEqualTo(answer(2).asReplay());
    }

    @Test
    void keyThatTheProcessBeforeKnewToLiveIsRememberedHoweverOldItLooks() {
        keys.restore(log.put(request("key-1", "1"), answerAt(1, HeldClock.START)));
        keys.restore(RecordedEvents.unkeyed(HeldClock.START.plus(Duration.ofDays(31))));
        keys.started(1);
        clock.shows(TTL.minusMillis(1));
        assertThat(asked("key-1")).isEqualTo(answerAt(1, HeldClock.START).asReplay());
        clock.shows(TTL);
        assertThat(asked("key-1")).isEqualTo(answer(1));
    }

    @Test
    void latestUseOfAKeyInTheLogCounts() {
        keys.restore(log.put(
                request("key-1", "old"), answerAt(1, HeldClock.START.minus(TTL).plusMillis(1))));
        keys.restore(log.put(request("key-1", "new"), answer(2)));
        keys.started(0);
        clock.shows(Duration.ofMillis(1));
        asked("key-3");
        assertThat(keys.once(request("key-1", "new"), false, Slot.UNLIMITED, claim -> refuse()))
                .isEqualTo(answerAt(2, HeldClock.START).asReplay());
    }

    @Test
    void lateAnswerOfAnOldClaimDoesNotTakeTheKeyFromANewOne() {
        asked("key-1");
        clock.shows(TTL);
        Answer.Accepted second = answer(9);
        assertThat(keys.once(request("key-1", "9"), false, Slot.UNLIMITED, claim -> settled(claim, second)))
                .isEqualTo(second);
        asked("key-2");
        assertThat(keys.once(request("key-1", "9"), false, Slot.UNLIMITED, claim -> refuse()))
                .isEqualTo(second.asReplay());
    }

    @Test
    void eventsWithoutAKeyTakeNoPlaceOfOneAtStart() {
        for (int i = 1; i <= 10 * KEYS_MAX; i++) {
            Instant at = HeldClock.START.plusSeconds(i);
            keys.restore(log.put(request("key-" + i, "1"), answerAt(i, at)));
            keys.restore(RecordedEvents.unkeyed(at.plusMillis(900)));
        }
        keys.started(0);
        assertThat(keys.size()).isEqualTo(KEYS_MAX);
        assertThat(keys.firstNeeded()).isEqualTo(10 * KEYS_MAX - KEYS_MAX + 1);
    }

    @Test
    void allAreForgottenHoweverManyAreOverAtOnce() {
        Idempotency many = new Idempotency(log, clock::nanoTime, TTL.toMillis(), 10_000, 10_000);
        many.started(0);
        for (int i = 1; i <= 2_500; i++) {
            many.restore(log.put(request("key-" + i, "1"), answer(i)));
        }
        clock.shows(TTL);
        assertThat(many.firstNeeded()).isEqualTo(Long.MAX_VALUE);
        assertThat(many.size()).isZero();
    }

    @Test
    void requestThatFailsGivesItsKeyBack() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> keys.once(request("key-1", "1"), false, Slot.UNLIMITED, claim -> {
                    throw new IllegalStateException("a test");
                }));
        assertThat(keys.size()).isZero();
        assertThat(asked("key-1")).isEqualTo(answer(1));
    }

    /** A request "key-7" is accepted with answer 7. */
    private @Nullable Answer asked(String key) {
        String number = key.substring("key-".length());
        return keys.once(
                request(key, number), false, Slot.UNLIMITED, claim -> settled(claim, answer(Long.parseLong(number))));
    }

    private Answer settled(Claims.Claim claim, Answer.Accepted answer) {
        log.put(claim.request(), answer);
        claim.answered(answer);
        return answer;
    }

    private static Answer refuse() {
        throw new AssertionError("a remembered request must not run again");
    }

    private static KeyedRequest request(String key, String fingerprint) {
        return new KeyedRequest(key, fingerprint);
    }

    private Answer.Accepted answer(long number) {
        return answerAt(number, clock.instant());
    }

    private static Answer.Accepted answerAt(long number, Instant at) {
        return WritePath.accepted(1, WritePath.record(KEY, number, number, at), new UUID(0, number), number, false);
    }
}
