package retail.inventory.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Lets lines below WARN into the log only when they are this service's own, whatever levels are set while it runs: those
 * of the web server and the framework have headers and bodies of requests, keys among them.
 */
public final class OwnLines extends Filter<ILoggingEvent> {

    private static final String OWN = "retail.inventory.";

    /** Called by logback; it makes this by name. */
    public OwnLines() {}

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.WARN)
                        || event.getLoggerName().startsWith(OWN)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }
}
