package retail.inventory.ops;

import io.micrometer.core.instrument.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The time of the meters: it begins with the wall clock and then goes on by elapsed time. With a clock that was put back, the
 * largest values that meters remember for a few minutes would stay for as long as it was put back.
 */
@Component
class SteadyMeterClock implements Clock {

    private final long startedMs = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();

    @Override
    public long wallTime() {
        return startedMs + TimeUnit.NANOSECONDS.toMillis(monotonicTime() - startedNanos);
    }

    @Override
    public long monotonicTime() {
        return System.nanoTime();
    }
}
