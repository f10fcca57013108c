package retail.inventory.service;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.EventFeed;
import retail.inventory.service.Claims.Claim;

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
    private final long timeoutMs;
    private final KeyAges ages;
    private final Claims claims;
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
        KeyShares shares = new KeyShares();
        this.ages = new KeyAges(nanoTime, ttlMs, keysMax, shares);
        this.claims = new Claims(ages, shares, keysMax);
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
        return claims.keys();
    }

    /**
     * Runs a request once: by this caller when it is the first with its key, else the first one's answer is given.
     *
     * @param shared whether it is of one of several identities, of which none may have more than its part of the table
     * @param turn is passed on by a twin that waits
     * @param execute runs the request; an accepted one must settle the claim it is given
     * @return null when {@code execute} returned null: nothing happened, try again
     */
    @Nullable
    Answer once(KeyedRequest request, boolean shared, Slot turn, Function<Claim, @Nullable Answer> execute) {
        KeyHash hash = KeyHash.of(request.key());
        while (true) {
            Answer before = recorded(request, hash);
            if (before != null) {
                return before;
            }
            Claim mine = claims.of(request, hash);
            Claim first = claims.place(mine, shared);
            if (first == null) {
                return execute(mine, execute);
            }
            if (!first.settled().isDone()) {
                turn.pass();
            }
            Optional<Answer> answer = Waiting.upTo(timeoutMs, first.settled());
            if (answer.isPresent() && answer.get() instanceof Answer.Accepted accepted) {
                return replay(accepted, first.request(), request);
            }
            if (answer.isPresent() && sameRequest(first.request(), request)) {
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
            KeyHash hash = KeyHash.of(request.key());
            ages.found(hash, event.sequence(), event.atMs());
            claims.overtaken(request.key(), hash);
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
            Answer before = recorded(mine.request(), mine.hash());
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

    private static boolean sameRequest(KeyedRequest a, KeyedRequest b) {
        return a.fingerprint().equals(b.fingerprint());
    }
}
