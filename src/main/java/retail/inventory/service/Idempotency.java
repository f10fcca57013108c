package retail.inventory.service;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.service.ServiceUnavailableException.Reason;

/**
 * One effect per idempotency key: the first request with a key claims it, twins wait for its answer, later ones get the
 * recorded one. Only accepted requests are recorded, in the log itself ({@code key} and {@code request} of the event),
 * so this table is rebuilt from the log at start; a rejected request gives its key back.
 *
 * <p>A claim is settled by the log's answer, not by the thread that made it: a caller who gave up waiting leaves the
 * claim in place until the event's fate is known. How long an answer is remembered: {@link KeyAges}.
 */
public final class Idempotency {

    private final long ttlMs;
    private final long keysMax;
    private final long timeoutMs;
    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();
    private final KeyAges ages;
    private final LongAdder replays = new LongAdder();

    /**
     * An empty table, for a start to fill.
     *
     * @param nanoTime tells elapsed time, which nobody can set
     * @param ttlMs how long an answered key is remembered after its answer, in milliseconds
     * @param keysMax how many keys may be remembered; a keyed request beyond is refused, for no key may be forgotten
     *     early
     * @param timeoutMs how long a twin waits for the first answer, in milliseconds
     */
    public Idempotency(LongSupplier nanoTime, long ttlMs, long keysMax, long timeoutMs) {
        this.ttlMs = ttlMs;
        this.keysMax = keysMax;
        this.ages = new KeyAges(nanoTime, ttlMs, keysMax, this::forget);
        this.timeoutMs = timeoutMs;
    }

    /** How long an answered key is remembered after its answer, in milliseconds. */
    public long ttlMs() {
        return ttlMs;
    }

    /** How many requests got a recorded answer. */
    public long replays() {
        return replays.sum();
    }

    /** How many keys are remembered. */
    public int size() {
        return claims.size();
    }

    /** A key in use: in flight until settled with an answer (kept) or without one (the key is free again). */
    final class Claim {
        private final KeyedRequest request;
        private final CompletableFuture<Optional<Answer>> settled = new CompletableFuture<>();
        private volatile boolean expires;
        private volatile long expiresNanos; // when it does
        private volatile long sequence; // once it is answered
        private boolean inTheLog; // only its own request's thread asks

        private Claim(KeyedRequest request) {
            this.request = request;
        }

        KeyedRequest request() {
            return request;
        }

        /** An event was handed to the log: only the log's answer settles the claim from now on. */
        void handedToTheLog() {
            inTheLog = true;
        }

        /** Nobody else's answer took its place. */
        boolean stands() {
            return claims.get(request.key()) == this;
        }

        private boolean isOpen() {
            return !inTheLog && !settled.isDone();
        }

        /** The request was accepted and is durable. */
        void answered(Answer.Accepted answer) {
            settle(answer);
            ages.answered(this);
        }

        private void settle(Answer.Accepted answer) {
            sequence = answer.sequence();
            settled.complete(Optional.of(answer));
        }

        /** The place of its answer in the log. */
        long sequence() {
            return sequence;
        }

        /** From now on it is known when it is over. */
        void expires(long nanos) {
            expiresNanos = nanos;
            expires = true;
        }

        boolean expired() {
            return expires && ages.isOver(expiresNanos);
        }

        /** Nothing was recorded; whoever waits tries for itself. */
        void released() {
            claims.remove(request.key(), this);
            settled.complete(Optional.empty());
        }

        /** Whether the answer counts: not when another process has accepted a request with this key meanwhile. */
        private boolean refused(Answer answer) {
            boolean first = claims.remove(request.key(), this);
            settled.complete(first ? Optional.of(answer) : Optional.empty());
            return first;
        }
    }

    /**
     * Runs a request once: by this caller when it is the first with its key, else the first one's answer is given.
     *
     * @param turn is passed on by a twin that waits
     * @param execute runs the request; an accepted one must settle the claim it is given
     * @return null when {@code execute} returned null: nothing happened, try again
     */
    @Nullable
    Answer once(KeyedRequest request, Slot turn, Function<Claim, @Nullable Answer> execute) {
        while (true) {
            Claim mine = new Claim(request);
            Claim first = claim(mine);
            if (first == null) {
                return execute(mine, execute);
            }
            if (!first.settled.isDone()) {
                turn.pass();
            }
            Optional<Answer> answer = Waiting.upTo(timeoutMs, first.settled);
            if (answer.isPresent() && answer.get() instanceof Answer.Accepted accepted) {
                if (!sameRequest(first, mine)) {
                    return new Answer.KeyReused(request.key());
                }
                replays.increment();
                return accepted.asReplay();
            }
            if (answer.isPresent() && sameRequest(first, mine)) {
                return answer.get();
            }
        }
    }

    /** Whether a request with this key was accepted, and is remembered. */
    boolean hasAnswered(String key) {
        Claim claim = claims.get(key);
        return claim != null && claim.settled.isDone() && !claim.expired();
    }

    /** Remembers a request that the log has: at start, or because another process answered it. In log order. */
    void restore(KeyedRequest request, Answer.Accepted answer) {
        Claim claim = new Claim(request);
        claim.settle(answer);
        claims.put(request.key(), claim);
        ages.found(claim, answer.record().updatedAt().toEpochMilli());
    }

    /** The log has an event without a key: that tells how old those before it are. */
    void passed(Instant at) {
        ages.passed(at.toEpochMilli());
    }

    /** All that a start needs has been read; the first event whose key lived before that, 0 = not known. */
    void started(long keysFrom) {
        ages.started(keysFrom);
    }

    /**
     * The first event that a start now would need for its key; {@link Long#MAX_VALUE} when there is none. Those that become
     * durable meanwhile may be left out.
     */
    public long firstNeeded() {
        return ages.firstNeeded();
    }

    private @Nullable Answer execute(Claim mine, Function<Claim, @Nullable Answer> execute) {
        try {
            Answer answer = execute.apply(mine);
            return answer != null && mine.isOpen() && !mine.refused(answer) ? null : answer;
        } finally {
            if (mine.isOpen()) {
                mine.released();
            }
        }
    }

    /** Puts the claim in place; null when it is the first, else the one that is there. */
    private @Nullable Claim claim(Claim mine) {
        if (claims.size() >= keysMax) {
            ages.forgetExpired();
            if (claims.size() >= keysMax && !claims.containsKey(mine.request.key())) {
                throw new ServiceUnavailableException(
                        Reason.OVERLOADED,
                        "as many idempotency keys are remembered as memory allows (" + keysMax + ")");
            }
        }
        Claim first = claims.putIfAbsent(mine.request.key(), mine);
        while (first != null && first.expired()) {
            if (claims.replace(mine.request.key(), first, mine)) {
                return null;
            }
            first = claims.putIfAbsent(mine.request.key(), mine);
        }
        return first;
    }

    private void forget(Claim claim) {
        claims.remove(claim.request.key(), claim);
    }

    private static boolean sameRequest(Claim a, Claim b) {
        return a.request.fingerprint().equals(b.request.fingerprint());
    }
}
