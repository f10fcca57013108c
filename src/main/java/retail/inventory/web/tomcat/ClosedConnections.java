package retail.inventory.web.tomcat;

import static net.logstash.logback.argument.StructuredArguments.value;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts the connections that the service closed by itself, and says so in the log where they had to make way: once when it
 * begins, once when it has ended. Safe for use by several threads.
 */
@Component
final class ClosedConnections implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(ClosedConnections.class);
    private static final String LATE = "late-";

    /** So long nobody has had to make way when it has ended. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<String, LongAdder> counts = new TreeMap<>();
    private long lastNanos;
    private long inThisFlood;

    ClosedConnections() {
        counts.put(LATE + nameOf(ConnectionState.UNFINISHED_HEAD), new LongAdder());
        counts.put(LATE + nameOf(ConnectionState.UNFINISHED_BODY), new LongAdder());
        for (ConnectionState doing : EnumSet.complementOf(EnumSet.of(ConnectionState.WORKING))) {
            counts.put(nameOf(doing), new LongAdder());
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counts.forEach((reason, count) -> FunctionCounter.builder("inventory.connections.closed", count, LongAdder::sum)
                .description("connections closed because a request took too long to come (late-…), or for room")
                .tag("reason", reason)
                .register(registry));
    }

    /** One had its time. */
    void late(ConnectionState doing) {
        count(LATE + nameOf(doing));
    }

    /** One had to make way. */
    void forRoom(ConnectionState doing) {
        count(nameOf(doing));
        synchronized (this) {
            lastNanos = System.nanoTime();
            inThisFlood++;
            if (inThisFlood > 1) {
                return;
            }
        }
        LOG.warn("Connections have run out: those that only take up room are closed, unfinished requests first, so that"
                + " others come in");
    }

    private void count(String reason) {
        LongAdder count = counts.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    private static String nameOf(ConnectionState doing) {
        return doing.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Says that it has ended, when it has. */
    void tell() {
        long closed;
        synchronized (this) {
            if (inThisFlood == 0 || System.nanoTime() - lastNanos < QUIET_NANOS) {
                return;
            }
            closed = inThisFlood;
            inThisFlood = 0;
        }
        LOG.info("Connections are available again: {} were closed to make way", value("closed", closed));
    }
}
