package retail.inventory.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as all answers have them: ISO 8601 in UTC, always with milliseconds. */
public final class UtcTimes {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTimes() {}

    /** {@code 2026-11-23T03:33:35.381Z}. */
    public static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    /** The same of milliseconds since 1970-01-01 UTC. */
    public static String text(long epochMs) {
        return text(Instant.ofEpochMilli(epochMs));
    }
}
