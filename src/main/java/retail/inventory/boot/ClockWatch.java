package retail.inventory.boot;

import static net.logstash.logback.argument.StructuredArguments.value;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Notices when the wall clock is set: it and elapsed time no longer go alike. Nothing here goes by the wall clock, but the
 * times that people read are wrong then, or were. Safe for several threads.
 */
@Component
public class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    /** What is less may be the moment between two looks, or a clock that is slowly brought into line. */
    private static final long LEAP_MIN_MS = 1000;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Counter leaps;
    private long offMs;
    private long steadySinceMs;

    @Autowired
    ClockWatch(InstantSource clock, MeterRegistry registry) {
        this(clock, System::nanoTime, registry);
    }

    public ClockWatch(InstantSource clock, LongSupplier nanoTime, MeterRegistry registry) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.leaps = Counter.builder("inventory.clock.leaps")
                .description("how often the wall clock was set by more than a second while the process ran")
                .register(registry);
        this.steadySinceMs = clock.millis();
        this.offMs = steadySinceMs - elapsedMs();
    }

    /** Looks; since when, by the wall clock as it is now, nobody has set it. */
    public synchronized long look() {
        long nowMs = clock.millis();
        long nowOffMs = nowMs - elapsedMs();
        long leapMs = nowOffMs - offMs;
        offMs = nowOffMs;
        if (Math.abs(leapMs) >= LEAP_MIN_MS) {
            steadySinceMs = nowMs;
            leaps.increment();
            LOG.warn(
                    "The wall clock leapt {} by {}: idempotency keys, archive and leases go by elapsed time, but times that are"
                            + " shown are wrong, or were before. Is the time of this machine synchronised?",
                    leapMs > 0 ? "forward" : "back",
                    value("leap", Duration.ofMillis(Math.abs(leapMs)).toString()));
        }
        return steadySinceMs;
    }

    private long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }
}
