package retail.inventory.ops;

import ch.qos.logback.core.PropertyDefinerBase;
import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the log appender for logback-spring.xml: without a setting text on a terminal, JSON anywhere else. Logging starts
 * before settings are checked: a value that is none gives text here, and {@link LogProperties} then stops the start with a
 * sentence that can be read.
 */
public final class LogFormat extends PropertyDefinerBase {

    private @Nullable String format;

    /** Called by logback; it makes this by name. */
    public LogFormat() {}

    /** The value of {@code LOG_FORMAT}, which may be nothing. */
    public void setFormat(String format) {
        this.format = format;
    }

    @Override
    public String getPropertyValue() {
        if (format == null || format.isEmpty()) {
            boolean terminal = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
            return terminal ? "text" : "json";
        }
        return "json".equals(format) ? "json" : "text";
    }
}
