package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.service.Claims.Claim;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** How many keys each owner may have, and that they are counted as they come and go. */
class ClaimsTest {

    private static final long TTL_MS = 10_000;
    private static final long KEYS_MAX = 80;
    private static final int SHARE = 10;

    private long nowNanos = 5_000_000_000L;
    private long sequence;
    private final KeyShares shares = new KeyShares();
    private final KeyAges ages = new KeyAges(() -> nowNanos, TTL_MS, KEYS_MAX, shares);
    private final Claims claims = new Claims(ages, shares, KEYS_MAX);

    private Claim place(String key, boolean shared) {
        Claim claim = claims.of(new KeyedRequest(key, "f"), KeyHash.of(key));
        assertThat(claims.place(claim, shared)).isNull();
        return claim;
    }

    private void answer(Claim claim) {
        StockKey sku = new StockKey("S", "A");
        sequence++;
        claim.answered(new Answer.Accepted(
                new Movement(sku, 1, sequence, sequence, null),
                null,
                Instant.EPOCH,
                new UUID(1, sequence),
                sequence,
                false));
    }

    private void pass(long ms) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void noIdentityHasMoreThanItsPart() {
        for (int i = 0; i < SHARE; i++) {
            answer(place("till " + i, true));
            pass(100);
        }
        assertThatExceptionOfType(TooManyKeysException.class)
                .isThrownBy(() -> place("till more", true))
                .satisfies(refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(9))
                .withMessageContaining("10 idempotency keys");
        answer(place("shop 1", true));
        pass(TTL_MS - 1001);
        assertThatExceptionOfType(TooManyKeysException.class)
                .isThrownBy(() -> place("till more", true))
                .satisfies(refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(1));
        pass(1);
        answer(place("till more", true));
        assertThatExceptionOfType(TooManyKeysException.class).isThrownBy(() -> place("till last", true));
    }

    @Test
    void aKeyThatIsInFlightCountsUntilItIsGivenBack() {
        List<Claim> open = new ArrayList<>();
        for (int i = 0; i < SHARE; i++) {
            open.add(place("till " + i, true));
        }
        assertThatExceptionOfType(TooManyKeysException.class)
                .isThrownBy(() -> place("till more", true))
                .satisfies(refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(10));
        Claim twin = claims.of(new KeyedRequest("till 3", "f"), KeyHash.of("till 3"));
        assertThat(claims.place(twin, true)).as("it has its key already").isSameAs(open.get(3));
        open.getFirst().released();
        assertThatNoException().isThrownBy(() -> place("till more", true));
    }

    @Test
    void whereNobodyIsAskedAllMayHaveAll() {
        for (int i = 0; i < KEYS_MAX; i++) {
            answer(place("till " + i, false));
        }
        assertThatExceptionOfType(ServiceUnavailableException.class).isThrownBy(() -> place("till more", false));
    }

    @Test
    void ownersAreToldApartByWhatTheWebPutsInFront() {
        assertThat(KeyHash.of("till 1").owner()).isEqualTo(KeyHash.of("till 2").owner());
        assertThat(KeyHash.of("till 1").owner())
                .isNotEqualTo(KeyHash.of("shop 1").owner());
        assertThat(KeyHash.of("till").owner()).isEqualTo(KeyHash.of("shop").owner());
        assertThat(KeyHash.of("till 1")).isNotEqualTo(KeyHash.of("till 2")).isEqualTo(KeyHash.of("till 1"));
    }

    /** All that may become of a key, at random, against a count of what there has to be. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsAreWhatThereIs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ages.started(0);
        Map<String, Long> until = new HashMap<>();
        Deque<Claim> open = new ArrayDeque<>();
        for (int step = 0; step < 3000; step++) {
            String key = "owner-" + random.nextInt(4) + " " + random.nextInt(30);
            boolean inFlight =
                    open.stream().anyMatch(claim -> claim.request().key().equals(key));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (!inFlight && open.size() + until.size() < KEYS_MAX - 1) {
                        open.add(place(key, false));
                    }
                }
                case 2 -> {
                    if (!open.isEmpty()) {
                        Claim claim = open.remove();
                        answer(claim);
                        until.put(claim.request().key(), nowNanos + TimeUnit.MILLISECONDS.toNanos(TTL_MS));
                    }
                }
                case 3 -> {
                    if (!open.isEmpty()) {
                        open.remove().released();
                    }
                }
                case 4 -> {
                    if (inFlight) {
                        claims.overtaken(key, KeyHash.of(key));
                        open.removeIf(claim -> claim.request().key().equals(key));
                    }
                }
                default -> pass(random.nextLong(TTL_MS / 10));
            }
            ages.forgetExpired();
            until.values().removeIf(end -> end - nowNanos <= 0);
            requireCounts(until, open, step);
            assertThat(shares.sum()).isEqualTo(claims.keys());
        }
    }

    private void requireCounts(Map<String, Long> until, Deque<Claim> open, int step) {
        for (int owner = 0; owner < 4; owner++) {
            String start = "owner-" + owner + " ";
            long there = until.keySet().stream()
                            .filter(each -> each.startsWith(start))
                            .count()
                    + open.stream()
                            .filter(claim -> claim.request().key().startsWith(start))
                            .count();
            assertThat(shares.of(KeyHash.of(start)))
                    .as("step " + step + ", " + start)
                    .isEqualTo((int) there);
        }
    }
}
