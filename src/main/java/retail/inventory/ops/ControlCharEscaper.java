package retail.inventory.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.Locale;

/**
 * Makes text of the log printable, for logback-text.xml: whatever comes from outside, one line stays one line, and nothing
 * moves the cursor of a terminal. With the option {@code lines} text has lines, those of a stack trace: all but the first
 * are indented, so that none of them looks like a line of the log. With the option {@code brackets} it is put into some,
 * when there is any.
 */
public final class ControlCharEscaper extends CompositeConverter<ILoggingEvent> {

    /** Called by logback; it makes this by name. */
    public ControlCharEscaper() {}

    @Override
    protected String transform(ILoggingEvent event, String text) {
        if ("brackets".equals(getFirstOption())) {
            String words = text.strip();
            return words.isEmpty() ? "" : " [" + printable(words, false) + "]";
        }
        return printable(text, "lines".equals(getFirstOption()));
    }

    private static String printable(String text, boolean lines) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && lines) {
                printable.append(i + 1 == text.length() ? "\n" : "\n\t");
            } else if (c == '\t' && lines) {
                printable.append(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                printable.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }
}
