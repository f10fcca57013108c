package retail.inventory.background;

import static net.logstash.logback.argument.StructuredArguments.value;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the circuit breakers of this process and knows how all of them are doing. Safe for use by several threads. */
public final class DiskBreakers {

    private static final Logger LOG = LoggerFactory.getLogger(DiskBreakers.class);

    /** So many of the latest tries are judged, once there are as many as the second number says. */
    private static final int WINDOW = 10;

    private static final int WINDOW_MIN = 4;

    /** How far a pause may be from its middle, so that those who failed together do not try again together. */
    private static final double JITTER = 0.3;

    private static final int BACKOFF_FACTOR = 2;

    /** A pause holds up a stopping service, and whoever waits for what is read. */
    private static final long PAUSE_MS_MAX = 2000;

    /** The library's least. */
    private static final long REST_MS_MIN = 1;

    /** Slow is not failed, and work that rests between its pieces is slow on purpose; the library cannot be told never. */
    private static final Duration NEVER_TOO_SLOW = Duration.ofDays(3650);

    private final Settings settings;
    private final CircuitBreakerRegistry circuits;
    private final RetryRegistry retries;
    private final Clock clock;
    private final ConcurrentMap<String, DiskBreaker> breakers = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    /**
     * When to give up and when to try again.
     *
     * @param threshold the part of the latest tries that must have failed for a breaker to open, above 0 to 1
     * @param cooldownMs how long it stays open before one try, in milliseconds
     * @param retryBaseMs the pause before the first repetition, in milliseconds; each further one is twice as long, up to
     *     two seconds
     * @param retryTimes how often work is repeated before it counts as failed
     */
    public record Settings(double threshold, long cooldownMs, long retryBaseMs, int retryTimes) {

        /** Half of the tries, ten seconds, 100 ms, three times. */
        public static final Settings DEFAULT = new Settings(0.5, 10_000, 100, 3);
    }

    /** Breakers that nobody else watches. */
    public DiskBreakers(Settings settings) {
        this(settings, CircuitBreakerRegistry.ofDefaults(), RetryRegistry.ofDefaults(), new MonotonicClock());
    }

    /** Breakers that the registries show to actuator and Prometheus; their clock must not jump. */
    public DiskBreakers(Settings settings, CircuitBreakerRegistry circuits, RetryRegistry retries, Clock clock) {
        this.settings = settings;
        this.circuits = circuits;
        this.retries = retries;
        this.clock = clock;
    }

    /** A breaker for work that may be repeated as a whole without harm, such as replacing a file. */
    public DiskBreaker forRepeatable(String name) {
        return forRepeatable(name, settings.cooldownMs());
    }

    /**
     * The same, for work that others wait for.
     *
     * @param restMs how long it stays open before one try, in milliseconds; the cooldown when that is shorter
     */
    public DiskBreaker forRepeatable(String name, long restMs) {
        CircuitBreakerConfig config = config(restMs)
                .failureRateThreshold((float) (100 * settings.threshold()))
                .slidingWindow(WINDOW, WINDOW_MIN, SlidingWindowType.COUNT_BASED)
                .build();
        return register(name, config, patience(name));
    }

    /**
     * A breaker for work that must not be repeated, which opens at the first failure: the work's place is given up by
     * then, and the next try is another one, in a new place.
     *
     * @param probeMs how long it stays open before that try, in milliseconds; the cooldown when that is shorter
     */
    public DiskBreaker forUnrepeatable(String name, long probeMs) {
        CircuitBreakerConfig config = config(probeMs)
                .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
                .build();
        return register(name, config, null);
    }

    private CircuitBreakerConfig.Builder config(long restMs) {
        return CircuitBreakerConfig.custom()
                .permittedNumberOfCallsInHalfOpenState(1)
                .slowCallDurationThreshold(NEVER_TOO_SLOW)
                .waitDurationInOpenState(
                        Duration.ofMillis(Math.max(REST_MS_MIN, Math.min(restMs, settings.cooldownMs()))))
                .clock(clock);
    }

    /** Reading again what could not be read, which harms nothing; a file that is not there is an answer. */
    public Retries forReading() {
        return patience("read");
    }

    /** The state of each breaker by its name. */
    public Map<String, DiskBreaker.State> states() {
        Map<String, DiskBreaker.State> states = new TreeMap<>();
        breakers.forEach((name, breaker) -> states.put(name, breaker.state()));
        return states;
    }

    /** How often a breaker has opened since the start; staying open after a try that failed does not count. */
    public long opened() {
        return opened.sum();
    }

    /** How often work was done again after a failure since the start. */
    public long repeated() {
        return repeated.sum();
    }

    private Retries patience(String name) {
        Retry retry = retries.retry(
                name,
                RetryConfig.custom()
                        .maxAttempts(settings.retryTimes() + 1)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                settings.retryBaseMs(),
                                BACKOFF_FACTOR,
                                JITTER,
                                Math.max(PAUSE_MS_MAX, settings.retryBaseMs())))
                        .retryOnException(DiskBreakers::isOfTheDisk)
                        .build());
        retry.getEventPublisher().onRetry(event -> {
            repeated.increment();
            LOG.debug("Trying {} again: {}", name, String.valueOf(event.getLastThrowable()));
        });
        return new Retries(retry);
    }

    private static boolean isOfTheDisk(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }

    private DiskBreaker register(String name, CircuitBreakerConfig config, @Nullable Retries patience) {
        CircuitBreaker circuit = circuits.circuitBreaker(name, config);
        circuit.getEventPublisher().onStateTransition(event -> {
            CircuitBreaker.StateTransition change = event.getStateTransition();
            if (change == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
                opened.increment();
                LOG.warn("Circuit breaker {} is open: the disk keeps failing", value("breaker", name));
            } else if (change == CircuitBreaker.StateTransition.HALF_OPEN_TO_CLOSED) {
                LOG.info("Circuit breaker {} is closed: the disk works again", value("breaker", name));
            } else { // tries in between, for as long as it lasts
                LOG.debug("Circuit breaker {}: {}", name, change);
            }
        });
        DiskBreaker breaker = new DiskBreaker(circuit, patience);
        breakers.put(name, breaker);
        return breaker;
    }
}
