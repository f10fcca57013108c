package retail.inventory.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.service.ServiceUnavailableException.Reason;

/** The idempotency keys in flight, and whether there may be more. Safe for several threads. */
final class Claims {

    private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();
    private final KeyAges ages;
    private final KeyShares shares;
    private final long keysMax;

    /**
     * None.
     *
     * @param ages those that are answered
     * @param shares counts both
     * @param keysMax how many there may be of both
     */
    Claims(KeyAges ages, KeyShares shares, long keysMax) {
        this.ages = ages;
        this.shares = shares;
        this.keysMax = keysMax;
    }

    /** How many keys are remembered or in flight. */
    int keys() {
        return ages.size() + claims.size();
    }

    /** One for a request, not in place yet. */
    Claim of(KeyedRequest request, KeyHash hash) {
        return new Claim(request, hash);
    }

    /** Takes away the claim of a key that another process has answered. */
    void overtaken(String key, KeyHash hash) {
        if (claims.remove(key) != null) {
            shares.leave(hash);
        }
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

        KeyHash hash() {
            return hash;
        }

        CompletableFuture<Optional<Answer>> settled() {
            return settled;
        }

        /** An event was handed to the log: only the log's answer settles the claim from now on. */
        void handedToTheLog() {
            inTheLog = true;
        }

        /** Nobody else's answer took its place. */
        boolean stands() {
            return claims.get(request.key()) == this;
        }

        boolean isOpen() {
            return !inTheLog && !settled.isDone();
        }

        /** The request was accepted and is durable. */
        void answered(Answer.Accepted answer) {
            ages.answered(hash, answer.sequence());
            boolean _ = isTakenAway();
            settled.complete(Optional.of(answer));
        }

        /** Nothing was recorded; whoever waits tries for itself. */
        void released() {
            boolean _ = isTakenAway();
            settled.complete(Optional.empty());
        }

        /** Whether it was in place until now. */
        private boolean isTakenAway() {
            boolean stood = claims.remove(request.key(), this);
            if (stood) {
                shares.leave(hash);
            }
            return stood;
        }

        /** Whether the answer counts: not when another process has accepted a request with this key meanwhile. */
        boolean refused(Answer answer) {
            boolean first = isTakenAway();
            settled.complete(first ? Optional.of(answer) : Optional.empty());
            return first;
        }
    }

    /**
     * Puts a claim in place; null when it is the first, else the one that is there.
     *
     * @param shared whether its owner may not have more than a part of the table
     */
    @Nullable
    Claim place(Claim mine, boolean shared) {
        if (refusal(mine, shared) != null) {
            ages.forgetExpired();
            RuntimeException refusal = claims.containsKey(mine.request.key()) ? null : refusal(mine, shared);
            if (refusal != null) {
                throw refusal;
            }
        }
        shares.enter(mine.hash); // before: another process's event may settle the claim at once
        Claim first = placed(mine);
        if (first != null) {
            shares.leave(mine.hash);
        }
        return first;
    }

    private @Nullable Claim placed(Claim mine) {
        return claims.putIfAbsent(mine.request.key(), mine);
    }

    /** Those who come at the same moment may be a few more. */
    private @Nullable RuntimeException refusal(Claim mine, boolean shared) {
        if (keys() >= keysMax) {
            return new ServiceUnavailableException(
                    Reason.OVERLOADED, "as many idempotency keys are remembered as memory allows (" + keysMax + ")");
        }
        long most = Math.max(1, keysMax / KeyShares.PART);
        return shared && shares.of(mine.hash) >= most
                ? new TooManyKeysException(most, ages.oldestLeft(mine.hash))
                : null;
    }
}
