package retail.inventory.background;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Clock;

/** Breakers that repeat nothing and let the next try through at once: what fails, fails now, and the next try counts. */
public final class ImpatientBreakers {

    private ImpatientBreakers() {}

    /** New ones. */
    public static DiskBreakers create() {
        return new DiskBreakers(new DiskBreakers.Settings(1, 1, 1, 0));
    }

    /** New ones with a clock of the test's. */
    public static DiskBreakers create(Clock clock) {
        return new DiskBreakers(
                new DiskBreakers.Settings(1, 1, 1, 0),
                CircuitBreakerRegistry.ofDefaults(),
                RetryRegistry.ofDefaults(),
                clock);
    }

    /** One of them, for work that may be repeated. */
    public static DiskBreaker one() {
        return create().forRepeatable("test");
    }
}
