package retail.inventory.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import retail.inventory.process.ProcessEnd;

/**
 * Has lines below WARN only from this service's own loggers, whatever levels are set while it runs: those of the web server
 * and the framework have headers and bodies of requests, keys among them, and to make them some of what a client sent is
 * read where nobody expects it to be broken.
 *
 * <p>It also is where an {@link OutOfMemoryError} that a library has caught and only logs is seen.
 */
public final class OwnLines extends TurboFilter {

    private static final String OWN = "retail.inventory.";

    /** Called by logback; it makes this by name. */
    public OwnLines() {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        ProcessEnd.ifOutOfMemory(thrown); // whatever library has caught it and goes on
        if (params != null && params.length > 0 && params[params.length - 1] instanceof Throwable last) {
            ProcessEnd.ifOutOfMemory(last);
        }
        return level.isGreaterOrEqual(Level.WARN) || logger.getName().startsWith(OWN)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }
}
