package retail.inventory.service;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.lincheck.Linearizability;
import retail.inventory.service.Claims.Claim;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** Keys under several threads: one effect each, whoever comes first and whatever becomes of that one. */
@Isolated("Lincheck rewrites classes that others use")
class IdempotencyLinearizabilityIT {

    private static final StockKey SKU = new StockKey("A", "one");

    @Test
    void keysAreLinearizableUnderStress() {
        Linearizability.stress(Keys.class);
    }

    @Test
    void keysAreLinearizableWhateverTheSwitches() {
        Linearizability.modelCheck(Keys.class);
    }

    @Test
    void aKeyWithTwoEffectsIsFound() {
        Linearizability.requireFound(LookedUpThenPut.class);
    }

    /**
     * What requests with two keys may meet. One of them was used before and has expired. Time stands still meanwhile: an
     * answer that expires within the microseconds of its own request may still be given to those who wait for it.
     */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class Keys {

        private static final long TTL_MS = 1000;
        private static final long A_MINUTE_MS = 60_000;

        private final AtomicLong nowMs = new AtomicLong(1_700_000_000_000L);
        private final AtomicIntegerArray effects = new AtomicIntegerArray(3);
        private final RecordedEvents log = new RecordedEvents();
        private final Idempotency keys =
                new Idempotency(log, () -> TimeUnit.MILLISECONDS.toNanos(nowMs.get()), TTL_MS, 100, A_MINUTE_MS);

        {
            sold(2); // and forgotten
            nowMs.addAndGet(TTL_MS);
        }

        /** Accepted: from the second time on the first answer. */
        @Operation
        public String sell(@Param(name = "key") int key) {
            return sold(key);
        }

        private String sold(int key) {
            return told(once(request(key, "sell"), claim -> {
                Answer.Accepted answer = effect(key);
                claim.handedToTheLog();
                log.put(claim.request(), answer);
                claim.answered(answer);
                return answer;
            }));
        }

        /** Refused, so that the key may be used again. */
        @Operation
        public String sellTooMuch(@Param(name = "key") int key) {
            return told(once(
                    request(key, "sell too much"),
                    claim -> new Answer.Refused(new Rejected(Reason.INSUFFICIENT_STOCK, SKU, -1, null))));
        }

        /** Accepted, and then the disk fails: no effect, no answer, the key is free. */
        @Operation
        public String sellOnABrokenDisk(@Param(name = "key") int key) {
            try {
                return told(once(request(key, "sell"), claim -> {
                    claim.handedToTheLog();
                    claim.released();
                    throw new LogUnavailableException(LogUnavailableException.Cause.STORAGE_FAILED, "broken");
                }));
            } catch (LogUnavailableException broken) {
                return "unknown";
            }
        }

        @Nullable
        Answer once(KeyedRequest request, Function<Claim, @Nullable Answer> execute) {
            return keys.once(request, false, Slot.UNLIMITED, execute);
        }

        /** Counted by key: a number over all keys would be an order of the keys' requests that nobody promises. */
        final Answer.Accepted effect(int key) {
            int number = effects.incrementAndGet(key);
            Movement movement = new Movement(SKU, 1, 1, number);
            Instant now = Instant.ofEpochMilli(nowMs.get());
            return new Answer.Accepted(movement, now, new UUID(1, number), 10L * number + key, false);
        }
    }

    /** Two requests that find no answer both go on. */
    public static class LookedUpThenPut extends Keys {
        private final ConcurrentMap<String, Answer.Accepted> answers = new ConcurrentHashMap<>();

        @Override
        public String sell(int key) {
            Answer.Accepted first = answers.get("key " + key);
            if (first != null) {
                return told(first.asReplay());
            }
            Answer.Accepted answer = effect(key);
            answers.put("key " + key, answer);
            return told(answer);
        }
    }

    private static KeyedRequest request(int key, String fingerprint) {
        return new KeyedRequest("key " + key, fingerprint);
    }

    private static String told(@Nullable Answer answer) {
        return switch (answer) {
            case null -> "nothing";
            case Answer.Accepted accepted -> "effect " + accepted.sequence() + (accepted.replayed() ? " again" : "");
            case Answer.Refused refused -> refused.rejection().reason().toString();
            case Answer.Already already -> "already";
            case Answer.KeyReused reused -> "reused";
        };
    }
}
