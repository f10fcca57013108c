package retail.inventory.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log as clients hold it: {@code 9.b3f0a1b2}, a sequence and the first eight digits of the log's identity.
 * One without the identity is taken for a place in the log that is there.
 *
 * @param log the digits; null when the client sent none
 */
public record LogPosition(long sequence, @Nullable String log) {

    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})(?:\\.([0-9a-f]{8}))?");
    private static final int DIGITS = 8;

    /** What a parameter or header says. */
    static LogPosition of(String name, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw ProblemException.invalid(
                    name,
                    name + " must be a sequence, a whole number of at least 0, or a position as the feed gives them,"
                            + " for example 9.b3f0a1b2");
        }
        return new LogPosition(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    /** How a place is told to clients. */
    public static String text(long sequence, @Nullable String logId) {
        return logId == null ? Long.toString(sequence) : sequence + "." + digits(logId);
    }

    /** Whether it may be a place in a log. */
    boolean isIn(String logId) {
        return log == null || log.equals(digits(logId));
    }

    /** What stands for a log in positions and entity tags. */
    static String digits(String logId) {
        return logId.substring(0, DIGITS);
    }
}
