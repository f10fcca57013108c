package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.TTL;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_SKU;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** One effect per key, through the service: what callers with keys see. */
class IdempotencyTest {

    private final WritePath path = new WritePath();

    @Test
    void twinInFlightWaitsAndGetsTheSameAnswer() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        Call<Answer> twin = path.reserve(3, null, "key-1").awaitWaiting();
        assertThat(path.log.pendingEvents()).hasSize(1);
        path.log.makesDurable();
        assertThat(accepted(first.answer()).replayed()).isFalse();
        assertThat(twin.answer()).isEqualTo(accepted(first.answer()).asReplay());
        assertThat(path.idempotency.replays()).isEqualTo(1);
    }

    @Test
    void repetitionGetsTheFirstAnswerWhateverHappenedSince() throws Exception {
        path.stocked(10, 1);
        Answer first = sold(3, "key-1");
        sold(7, null);
        assertThat(path.reserve(3, null, "key-1").answer())
                .isEqualTo(accepted(first).asReplay());
        assertThat(path.log.pendingEvents()).isEmpty();
        assertThat(path.find().answer()).isEqualTo(path.now(0, 3));
    }

    @Test
    void fiftyTwinsAtOnceHaveOneEffect() throws Exception {
        path.stocked(100, 1);
        List<Call<Answer>> twins = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            twins.add(path.reserve(1, null, "key-1"));
        }
        path.log.makesDurable(1);
        int first = 0;
        for (Call<Answer> twin : twins) {
            assertThat(accepted(twin.answer()).sequence()).isEqualTo(1);
            first += accepted(twin.answer()).replayed() ? 0 : 1;
        }
        assertThat(first).isEqualTo(1);
        assertThat(path.find().answer()).isEqualTo(path.now(99, 2));
    }

    @Test
    void otherRequestWithTheKeyIsToldSo() throws Exception {
        path.stocked(10, 1);
        Answer first = sold(3, "key-1");
        assertThat(path.reserve(4, null, "key-1").answer()).isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(path.reserve(3, 2L, "key-1").answer()).isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(Call.of(() -> path.service.adjust(KEY, -3, null, "key-1")).answer())
                .isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(path.reserve(3, null, "key-1").answer())
                .isEqualTo(accepted(first).asReplay());
        assertThat(path.find().answer()).isEqualTo(path.now(7, 2));
    }

    @Test
    void otherRequestWaitsForTheOneInFlight() throws Exception {
        path.stocked(10, 1);
        path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        Call<Answer> other = path.reserve(4, null, "key-1").awaitWaiting();
        path.log.makesDurable();
        assertThat(other.answer()).isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void otherRequestMayHaveTheKeyOfALostOne() throws Exception {
        path.stocked(10, 1);
        path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        Call<Answer> other = path.reserve(4, null, "key-1").awaitWaiting();
        path.log.losesTheOnlyOne();
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(other.answer()).record()).isEqualTo(path.now(6, 2));
    }

    @Test
    void refusedRequestMayBeTriedAgainWithItsKey() throws Exception {
        path.stocked(1, 1);
        assertThat(path.reserve(2, null, "key-1").answer()).isInstanceOf(Answer.Refused.class);
        assertThat(path.idempotency.size()).isZero();
        Call<Answer> delivery = path.adjust(5);
        path.log.makesDurable(1);
        assertThat(accepted(delivery.answer()).record()).isEqualTo(path.now(6, 2));
        assertThat(accepted(sold(2, "key-1")).record()).isEqualTo(path.now(4, 3));
    }

    @Test
    void requestThatTheLogRefusedMayBeTriedAgainWithItsKey() throws Exception {
        path.stocked(10, 1);
        path.log.refuses(new LogUnavailableException(Cause.STORAGE_FAILED, "not now"));
        assertThat(path.reserve(3, null, "key-1").failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(path.idempotency.size()).isZero();
        path.log.worksAgain();
        assertThat(accepted(sold(3, "key-1")).replayed()).isFalse();
    }

    /** The first request is held between its decision and its end; a twin that decided for itself would be seen. */
    @Test
    void twinOfARefusedRequestGetsTheRefusal() throws Exception {
        CompletableFuture<Answer> decided = new CompletableFuture<>();
        var request = new KeyedRequest("key-1", "request");
        Call<@Nullable Answer> first = Call.of(
                () -> path.idempotency.once(request, false, Slot.UNLIMITED, claim -> Waiting.upTo(60_000, decided)));
        first.awaitWaiting();
        Call<@Nullable Answer> twin = Call.<@Nullable Answer>of(
                        () -> path.idempotency.once(request, false, Slot.UNLIMITED, claim -> {
                            throw new AssertionError("the twin ran although the first one answers for it");
                        }))
                .awaitWaiting();
        Answer refusal = refused(UNKNOWN_SKU, -1, null);
        decided.complete(refusal);
        assertThat(first.answer()).isEqualTo(refusal);
        assertThat(twin.answer()).isEqualTo(refusal);
        assertThat(path.idempotency.size()).isZero();
    }

    @Test
    void keyIsRememberedUntilItsTimeIsOver() throws Exception {
        path.stocked(10, 1);
        Answer first = sold(3, "key-1");
        path.clock.shows(TTL.minusMillis(1));
        assertThat(path.reserve(3, null, "key-1").answer())
                .isEqualTo(accepted(first).asReplay());
        path.clock.shows(TTL);
        assertThat(accepted(sold(3, "key-1")).record()).isEqualTo(path.now(4, 3));
        assertThat(path.idempotency.size()).isEqualTo(1);
    }

    @Test
    void keyThatWasUsedAgainAfterItsTimeIsRememberedFromThenOn() throws Exception {
        path.stocked(10, 1);
        sold(3, "key-1");
        path.clock.shows(TTL);
        Answer second = sold(3, "key-1");
        path.clock.shows(TTL.plusMillis(1));
        sold(1, "key-2"); // forgets what is over
        path.clock.shows(TTL.plus(TTL).minusMillis(1));
        assertThat(path.reserve(3, null, "key-1").answer())
                .isEqualTo(accepted(second).asReplay());
    }

    @Test
    void keyInFlightIsNotForgottenHoweverLongItTakes() throws Exception {
        path.stocked(10, 1);
        path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        path.clock.shows(TTL.plus(TTL));
        Call<Answer> twin = path.reserve(3, null, "key-1").awaitWaiting();
        assertThat(path.log.pendingEvents()).hasSize(1);
        path.log.makesDurable();
        assertThat(accepted(twin.answer()).replayed()).isTrue();
    }

    @Test
    void rejectionWithAKeyWaitsForWhatItSaw() throws Exception {
        path.stocked(10, 1);
        path.pendingReserve(10, 1);
        Call<Answer> rejected = path.reserve(1, null, "key-1").awaitWaiting();
        path.log.makesDurable();
        assertThat(rejected.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -1, path.now(0, 2)));
    }

    private Answer sold(long qty, @Nullable String key) throws Exception {
        Call<Answer> call = path.reserve(qty, null, key);
        path.log.makesDurable(1);
        return call.answer();
    }
}
