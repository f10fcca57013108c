package retail.inventory.ops;

import ch.qos.logback.core.PropertyDefinerBase;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the log appender for logback-spring.xml. Logging starts before settings are checked: a value that is none
 * gives text here, and {@link LogProperties} then stops the start with a sentence that can be read.
 */
public final class LogFormat extends PropertyDefinerBase {

    private @Nullable String format;

    /** Called by logback; it makes this by name. */
    public LogFormat() {}

    /** The value of {@code LOG_FORMAT}. */
    public void setFormat(String format) {
        this.format = format;
    }

    @Override
    public String getPropertyValue() {
        return "json".equals(format) ? "json" : "text";
    }
}
