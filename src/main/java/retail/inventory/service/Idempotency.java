package retail.inventory.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.EventFeed;
import retail.inventory.service.ServiceUnavailableException.Reason;

/**
 * One effect per idempotency key: the first request with a key claims it, twins wait for its answer, later ones get the
 * recorded one. Only accepted requests are recorded, in the log itself ({@code key} and {@code request} of the event):
 * memory has which event answers a key ({@link AnsweredKeys}), the log what the answer was ({@link RecordedAnswers}). A
 * rejected request gives its key back.
 *
 * <p>A claim is settled by the log's answer, not by the thread that made it: a caller who gave up waiting leaves the
 * claim in place until the event's fate is known. A key is remembered before its claim goes, and looked up once more after a
 * claim is in place, so no request finds neither. How long an answer is remembered: {@link KeyAges}.
 */
public final class Idempotency {

    private final long ttlMs;
    private final long keysMax;
    private final long timeoutMs;
    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();
    private final KeyAges ages;
    private final RecordedAnswers recorded;
    private final LongAdder replays = new LongAdder();

    /**
     * An empty table, for a start to fill.
     *
     * @param log has the answers
     * @param nanoTime tells elapsed time, which nobody can set
     * @param ttlMs how long an answered key is remembered after its answer, in milliseconds
     * @param keysMax how many keys may be remembered; a keyed request beyond is refused, for no key may be forgotten
     *     early
     * @param timeoutMs how long a twin waits for the first answer, in milliseconds
     */
    public Idempotency(EventFeed log, LongSupplier nanoTime, long ttlMs, long keysMax, long timeoutMs) {
        this.ttlMs = ttlMs;
        this.keysMax = keysMax;
        this.ages = new KeyAges(nanoTime, ttlMs, keysMax);
        this.recorded = new RecordedAnswers(log);
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

    /** How many keys are remembered or in flight. */
    public int size() {
        return ages.size() + claims.size();
    }

    /** A key in flight, until it is settled with an answer (and remembered) or without one (the key is free again). */
    final class Claim {
        private final KeyedRequest request;
        private final KeyHash hash;
        private final CompletableFuture<Optional<Answer>> settled = new CompletableFuture<>();
        private boolean inTheLog; // only its own request's thread asks

        private Claim(KeyedRequest request, KeyHash hash) {
            this.request = request;
            this.hash = hash;
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
            ages.answered(hash, answer.sequence());
            claims.remove(request.key(), this);
            settled.complete(Optional.of(answer));
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
        KeyHash hash = KeyHash.of(request.key());
        while (true) {
            Answer before = recorded(request, hash);
            if (before != null) {
                return before;
            }
            Claim mine = new Claim(request, hash);
            Claim first = claim(mine);
            if (first == null) {
                return execute(mine, execute);
            }
            if (!first.settled.isDone()) {
                turn.pass();
            }
            Optional<Answer> answer = Waiting.upTo(timeoutMs, first.settled);
            if (answer.isPresent() && answer.get() instanceof Answer.Accepted accepted) {
                return replay(accepted, first.request, request);
            }
            if (answer.isPresent() && sameRequest(first.request, request)) {
                return answer.get();
            }
        }
    }

    /** Whether a request with this key was accepted, and is remembered. */
    boolean hasAnswered(String key) {
        return ages.sequence(KeyHash.of(key)) != KeyRing.NO_KEY;
    }

    /** Takes in an event of the log: at start, or because another process wrote it. In log order. */
    void restore(Event event) {
        KeyedRequest request = event.request();
        if (request == null) {
            ages.passed(event.atMs()); // that tells how old those before it are
        } else {
            ages.found(KeyHash.of(request.key()), event.sequence(), event.atMs());
            claims.remove(request.key());
        }
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
            Answer before = recorded(mine.request, mine.hash);
            if (before != null) {
                return before;
            }
            Answer answer = execute.apply(mine);
            return answer != null && mine.isOpen() && !mine.refused(answer) ? null : answer;
        } finally {
            if (mine.isOpen()) {
                mine.released();
            }
        }
    }

    /** The answer to a request whose key is remembered; null when it is not. */
    private @Nullable Answer recorded(KeyedRequest request, KeyHash hash) {
        long sequence = ages.sequence(hash);
        Event event = sequence == KeyRing.NO_KEY ? null : recorded.at(sequence);
        if (event == null) {
            return null;
        }
        KeyedRequest first = event.request();
        if (first == null || !first.key().equals(request.key())) {
            throw new OutcomeUnknownException(
                    "the log has another event at sequence " + sequence + " than was written");
        }
        return replay(RecordedAnswers.of(event), first, request);
    }

    private Answer replay(Answer.Accepted answer, KeyedRequest first, KeyedRequest again) {
        if (!sameRequest(first, again)) {
            return new Answer.KeyReused(again.key());
        }
        replays.increment();
        return answer.asReplay();
    }

    /** Puts the claim in place; null when it is the first, else the one that is there. */
    private @Nullable Claim claim(Claim mine) {
        if (size() >= keysMax) {
            ages.forgetExpired();
            if (size() >= keysMax && !claims.containsKey(mine.request.key())) {
                throw new ServiceUnavailableException(
                        Reason.OVERLOADED,
                        "as many idempotency keys are remembered as memory allows (" + keysMax + ")");
            }
        }
        return claims.putIfAbsent(mine.request.key(), mine);
    }

    private static boolean sameRequest(KeyedRequest a, KeyedRequest b) {
        return a.fingerprint().equals(b.fingerprint());
    }
}
