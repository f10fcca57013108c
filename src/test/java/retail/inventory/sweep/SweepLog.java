package retail.inventory.sweep;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What the process logs while it is open: which requests have a line, and everything that is an error. */
final class SweepLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger requests = (Logger) LoggerFactory.getLogger("retail.inventory.web.RequestLog");
    private final @Nullable Level level = requests.getLevel();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    /** Begins to listen; the service must have started. */
    SweepLog() {
        setContext(root.getLoggerContext());
        start();
        requests.setLevel(Level.INFO); // as a service has it, unlike tests
        requests.setAdditive(false);
        requests.addAppender(this);
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String id = event.getMDCPropertyMap().get("requestId");
        if (id != null) {
            ids.add(id);
        }
        if (event.getLevel() == Level.ERROR) {
            errors.add(event.getLoggerName() + ": " + event.getFormattedMessage() + "\n"
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    }

    boolean has(String requestId) {
        return ids.contains(requestId);
    }

    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        root.detachAppender(this);
        requests.detachAppender(this);
        requests.setAdditive(true);
        requests.setLevel(level);
        stop();
    }
}
