package retail.inventory.access;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens (JWT) of an issuer, for any number of threads. To look at a signature costs a hundred times what the hash of a token
 * does, so tokens are remembered for a while, those that were refused as well, and no more than half of the processors look at
 * signatures at a time: whoever sends made-up tokens takes no more from the others.
 */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private static final int REMEMBERED_MAX = 10_000;
    private static final Duration VERIFIED_FOR = Duration.ofMinutes(5);
    private static final Duration REFUSED_FOR = Duration.ofSeconds(10);
    private static final long PATIENCE_MS = 1000;

    /** What came of a token that was not remembered. */
    public enum Outcome {
        VERIFIED,
        REFUSED,
        ISSUER_AWAY,
        BUSY;

        /** As it stands in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final IssuerKeys issuer;
    private final TokenRules rules;
    private final ClaimedGrants grants;
    private final Keys denied;
    private final InstantSource clock;
    private final Semaphore processors;
    private final Cache<TokenHash, Identity> verified;
    private final Cache<TokenHash, Boolean> refused;
    private final Map<Outcome, LongAdder> counts =
            Arrays.stream(Outcome.values()).collect(toMap(one -> one, _ -> new LongAdder()));
    private volatile long keysSeen;

    /**
     * None yet.
     *
     * @param denied knows which subjects are let in no more
     * @param nanos a time that never goes back
     * @param processorsMax how many look at signatures at a time
     */
    Tokens(
            IssuerKeys issuer,
            TokenRules rules,
            ClaimedGrants grants,
            Keys denied,
            InstantSource clock,
            LongSupplier nanos,
            int processorsMax) {
        this.issuer = issuer;
        this.rules = rules;
        this.grants = grants;
        this.denied = denied;
        this.clock = clock;
        this.processors = new Semaphore(processorsMax, true);
        this.verified = remembered(VERIFIED_FOR, nanos);
        this.refused = remembered(REFUSED_FOR, nanos);
    }

    private static <V> Cache<TokenHash, V> remembered(Duration time, LongSupplier nanos) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED_MAX)
                .expireAfterWrite(time)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run) // what is left to do is to drop an entry
                .build();
    }

    /** Whom a token shows that was verified before; null when nobody. */
    @Nullable
    Identity find(String text) {
        if (text.length() > TokenRules.LENGTH_MAX) {
            return null;
        }
        forgetWhenKeysChanged();
        // One that was verified has the form of a token, which takes longer to see than its hash.
        Identity known = verified.getIfPresent(TokenHash.of(text));
        return known != null && isStillIn(known) ? known : null;
    }

    /** Whether nobody looked at a text yet that may be a token. */
    boolean isUnseen(String text) {
        if (!TokenRules.isForm(text)) {
            return false;
        }
        TokenHash hash = TokenHash.of(text);
        return refused.getIfPresent(hash) == null && verified.getIfPresent(hash) == null;
    }

    /** Whether a token that was verified still shows somebody. */
    boolean isStillIn(Identity identity) {
        Instant expires = identity.expires();
        return expires != null && clock.instant().isBefore(expires) && !denied.denies(identity.id());
    }

    /**
     * Whom a token shows; null when nobody.
     *
     * @throws UndecidedException when that cannot be told now
     */
    @Nullable
    Identity verify(String text) throws UndecidedException {
        TokenHash hash = TokenHash.of(text);
        long keysThen = issuer.changes();
        try {
            Identity identity = shownBy(rules.read(text));
            counted(Outcome.VERIFIED);
            verified.put(hash, identity);
            if (issuer.changes() != keysThen) {
                verified.invalidate(hash); // it may be by a key that is gone
            }
            return isStillIn(identity) ? identity : null;
        } catch (TokenRules.BrokenException e) {
            LOG.debug("A token is refused: {}", e.getMessage());
            counted(Outcome.REFUSED);
            refused.put(hash, true);
            if (issuer.changes() != keysThen) {
                refused.invalidate(hash);
            }
            return null;
        }
    }

    private Identity shownBy(TokenRules.Unverified read) throws TokenRules.BrokenException, UndecidedException {
        Key key = issuer.find(read.token().getHeader());
        if (key == null) {
            key = issuer.findAnew(read.token().getHeader());
        }
        if (key == null) {
            if (!issuer.problem().isEmpty()) {
                counted(Outcome.ISSUER_AWAY);
                throw new UndecidedException(
                        UndecidedException.Reason.ISSUER_AWAY,
                        "the issuer of the token does not answer, and its key is not known. Keys (invk_…) are let in.");
            }
            throw new TokenRules.BrokenException(
                    "the issuer has no key " + read.token().getHeader().getKeyID());
        }
        requireProcessor();
        try {
            rules.verify(read, key);
        } finally {
            processors.release();
        }
        String id = TokenIdentity.id(read.claims().getSubject());
        return Identity.ofToken(id, grants.of(read.claims()), read.expires());
    }

    private void requireProcessor() throws UndecidedException {
        boolean mine = false;
        try {
            mine = processors.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mine) {
            counted(Outcome.BUSY);
            throw new UndecidedException(
                    UndecidedException.Reason.BUSY, "too many tokens that were not seen before are being verified.");
        }
    }

    /** How many tokens came to this; one that was forgotten counts anew. */
    public long count(Outcome outcome) {
        return Objects.requireNonNull(counts.get(outcome)).sum();
    }

    private void counted(Outcome outcome) {
        Objects.requireNonNull(counts.get(outcome)).increment();
    }

    /** How many words in tokens were meant for this service, and mean nothing to it. */
    public long ignoredWords() {
        return grants.ignored();
    }

    private void forgetWhenKeysChanged() {
        long now = issuer.changes();
        if (now != keysSeen) {
            keysSeen = now;
            verified.invalidateAll();
            refused.invalidateAll();
        }
    }
}
