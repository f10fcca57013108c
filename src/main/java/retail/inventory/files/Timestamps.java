package retail.inventory.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads the times in this service's files, {@code 2026-11-22T10:00:00.123Z}. A start reads millions of them, and
 * {@link Instant#parse} takes a tenth of such a start.
 */
public final class Timestamps {

    private static final int WITHOUT_FRACTION = "2026-11-22T10:00:00Z".length();
    private static final int WITH_MILLIS = "2026-11-22T10:00:00.123Z".length();
    private static final String FORM = "dddd-dd-ddTdd:dd:dd.dddZ";

    private Timestamps() {}

    /**
     * Milliseconds since 1970-01-01 UTC.
     *
     * @throws DateTimeException when the text is no time in ISO 8601 with a Z
     */
    public static long millis(String text) {
        int length = text.length();
        if ((length != WITH_MILLIS && length != WITHOUT_FRACTION) || !isUsual(text, length)) {
            return parsed(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return parsed(text); // which knows of leap seconds and 24:00, or throws
        }
        int millis = length == WITH_MILLIS ? number(text, 20, 23) : 0;
        return (((day * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis;
    }

    private static long parsed(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (ArithmeticException e) {
            throw new DateTimeException("Text '" + text + "' is more than a long of milliseconds can say", e);
        }
    }

    private static boolean isUsual(String text, int length) {
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (FORM.charAt(i) == 'd' ? !digit : c != FORM.charAt(i)) {
                return false;
            }
        }
        return text.charAt(length - 1) == 'Z';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
