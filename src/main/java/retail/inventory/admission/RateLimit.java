package retail.inventory.admission;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each client: so many requests a second, and so many at once after a pause. The table of clients is
 * bounded; a client is forgotten only when its bucket is full again, or when there are more clients than the table holds.
 * Safe for use by several threads.
 */
public final class RateLimit {

    private static final int CLIENTS_MAX = 100_000;

    /** A client takes some 600 bytes, so all of them a thirtieth of the heap at most. */
    private static final long HEAP_PER_CLIENT = 16 * 1024;

    /**
     * How much longer than it takes to fill a bucket is kept. The table notes the last use as each request read the
     * clock: one held up between that and the note would put an older time back, and others would find a new, full
     * bucket too early. Nobody is held up this long.
     */
    private static final Duration HELD_UP_MAX = Duration.ofMinutes(10);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long burst;
    private final TimeMeter time;
    private final LoadingCache<String, Bucket> buckets;

    /**
     * A limit.
     *
     * @param perSecond requests a second in the long run; 0 = no limit
     * @param burst requests at once after a pause
     */
    public RateLimit(long perSecond, long burst) {
        this(perSecond, burst, System::nanoTime, clientsMax(Runtime.getRuntime().maxMemory()));
    }

    RateLimit(long perSecond, long burst, Ticker nanos, int clientsMax) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.time = new Nanos(nanos);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(clientsMax)
                .expireAfterAccess(Duration.ofSeconds(windowSeconds()).plus(HELD_UP_MAX))
                .ticker(nanos)
                .build(client -> bucket());
    }

    static int clientsMax(long heapBytes) {
        return Math.clamp(heapBytes / HEAP_PER_CLIENT, 1, CLIENTS_MAX);
    }

    /**
     * What a client is told.
     *
     * @param admitted whether the request may come in
     * @param remaining requests that may follow at once
     * @param resetSeconds until the bucket is full again, rounded up
     * @param retryAfterSeconds until the next request may come in, rounded up, at least 1; 0 when this one may
     */
    public record Verdict(boolean admitted, long remaining, long resetSeconds, long retryAfterSeconds) {}

    /** Whether there is a limit at all. */
    public boolean isOn() {
        return perSecond > 0;
    }

    /** Requests a second in the long run. */
    public long perSecond() {
        return perSecond;
    }

    /** Requests at once after a pause. */
    public long burst() {
        return burst;
    }

    /** How many requests can be sent in {@link #windowSeconds} in the long run, and at least at once. */
    public long quota() {
        return Math.max(burst, perSecond * windowSeconds());
    }

    /** How long an empty bucket takes to fill, in whole seconds, rounded up. */
    public long windowSeconds() {
        return isOn() ? Math.ceilDiv(burst, perSecond) : 0;
    }

    /**
     * Takes a request of a client into account; only when there is a limit.
     *
     * @param price how many plain requests it counts for; never more than a full bucket has, so that it can come in at all
     */
    public Verdict take(String client, long price) {
        return take(buckets.get(client), Math.min(price, burst));
    }

    /** Takes what an answer has cost beyond its request's price; when the bucket has less, later requests wait for it. */
    public void takeMore(String client, long price) {
        buckets.get(client).consumeIgnoringRateLimits(Math.min(price, burst));
    }

    static Verdict take(Bucket bucket, long price) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(price);
        return new Verdict(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Math.ceilDiv(probe.getNanosToWaitForReset(), SECOND_NANOS),
                probe.isConsumed() ? 0 : Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), SECOND_NANOS)));
    }

    /** How many clients are remembered, those left out who are to be forgotten. */
    public long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** A full one. */
    Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Time that nobody can set, and that a test can hold. */
    private record Nanos(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
