package retail.inventory.web.tomcat;

import static net.logstash.logback.argument.StructuredArguments.value;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import retail.inventory.web.LineLimit;

/**
 * So many warnings and errors a second of each logger that is not this service's own: the web server and the framework write
 * one, with a stack trace, for each request that they stumble over, and a flood of these must not become one of the log.
 */
public final class TomcatLines extends TurboFilter {

    private static final String OWN = "retail.inventory.";
    private static final int PER_SECOND = 10;

    private final ConcurrentMap<String, LineLimit> limits = new ConcurrentHashMap<>();

    /** Called by logback; it makes this by name. */
    public TomcatLines() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        String name = logger.getName();
        if (format == null // somebody asks whether it would be written
                || !level.isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || name.startsWith(OWN)) {
            return FilterReply.NEUTRAL;
        }
        LineLimit limit = limits.computeIfAbsent(name, key -> new LineLimit(System.nanoTime(), PER_SECOND));
        return switch (limit.ask(System.nanoTime())) {
            case WRITTEN -> FilterReply.NEUTRAL;
            case FIRST_LEFT_OUT -> {
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> countTheRest(name, limit));
                yield FilterReply.DENY;
            }
            case LEFT_OUT -> FilterReply.DENY;
        };
    }

    private static void countTheRest(String name, LineLimit limit) {
        LoggerFactory.getLogger(TomcatLines.class)
                .warn(
                        "{} more lines of {} were left out within a second or so",
                        value("leftOut", limit.takeLeftOut()),
                        value("logger", name));
    }
}
