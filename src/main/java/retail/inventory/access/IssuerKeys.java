package retail.inventory.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.security.Key;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys by which an issuer signs, as far as they are known. It is asked every five minutes, for keys that it took back, and
 * when a token names a key that is not known; in vain once in half a minute at most, or whoever makes up names would have it
 * asked all the time. When it does not answer, the known keys go on.
 */
public final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long VAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long AWAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final KeySetSource source;
    private final LongSupplier nanos;
    private final JWSVerificationKeySelector<SecurityContext> selector;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private volatile JWKSet known = new JWKSet();
    private volatile String problem = "The issuer was not asked yet";
    private volatile long askedNanos;
    private volatile long inVainNanos;

    /**
     * Knows none yet.
     *
     * @param nanos a time that never goes back
     */
    IssuerKeys(KeySetSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.selector = new JWSVerificationKeySelector<>(TokenRules.ALGORITHMS, (wanted, _) -> wanted.select(known));
        this.inVainNanos = nanos.getAsLong() - VAIN_EVERY_NANOS;
    }

    /** The key that made a signature, as its header says; null when there is none, or more than one could be meant. */
    @Nullable
    Key find(JWSHeader header) {
        try {
            List<Key> found = selector.selectJWSKeys(header, null);
            return found.size() == 1 ? found.getFirst() : null;
        } catch (KeySourceException e) {
            throw new AssertionError("the keys are in memory", e);
        }
    }

    /** The same after the issuer was asked, unless it was asked in vain of late; waits for whoever is asking. */
    @Nullable
    Key findAnew(JWSHeader header) {
        if (isTooSoon() && !asking.isLocked()) {
            return null;
        }
        long before = asked.get();
        asking.lock();
        try {
            boolean mine = asked.get() == before && !isTooSoon();
            if (mine) {
                ask();
            }
            Key found = find(header);
            if (mine && found == null) {
                inVainNanos = nanos.getAsLong();
            }
            return found;
        } finally {
            asking.unlock();
        }
    }

    private boolean isTooSoon() {
        return nanos.getAsLong() - inVainNanos < VAIN_EVERY_NANOS;
    }

    /** Asks when it is time to; by one thread. */
    void look() {
        long pause = problem.isEmpty() ? EVERY_NANOS : AWAY_EVERY_NANOS;
        if (asked.get() == 0 || nanos.getAsLong() - askedNanos >= pause) {
            asking.lock();
            try {
                ask();
            } finally {
                asking.unlock();
            }
        }
    }

    private void ask() {
        try {
            take(source.read());
        } catch (IOException | RuntimeException e) {
            String told = String.valueOf(e.getMessage());
            if (!told.equals(problem)) {
                LOG.warn("The issuer's keys cannot be read, and the {} known ones go on: {}", known.size(), told);
            }
            problem = told;
        }
        askedNanos = nanos.getAsLong();
        asked.incrementAndGet();
    }

    private void take(JWKSet latest) {
        if (!latest.equals(known)) {
            known = latest;
            changes.incrementAndGet();
            LOG.info(
                    "The issuer's keys are {}",
                    latest.getKeys().stream().map(key -> key.getKeyID()).toList());
        } else if (!problem.isEmpty()) {
            LOG.info("The issuer's keys can be read again, and are as before");
        }
        problem = "";
    }

    /** Why the issuer's keys could not be read the last time; empty when they could. */
    public String problem() {
        return problem;
    }

    /** How many are known. */
    public int size() {
        return known.size();
    }

    /** How often they became others. */
    long changes() {
        return changes.get();
    }
}
