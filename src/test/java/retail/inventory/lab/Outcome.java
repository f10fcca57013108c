package retail.inventory.lab;

import java.util.Locale;
import java.util.function.Supplier;

/** What became of a request that was due. */
public enum Outcome {
    /** Done: an answer of 2xx. */
    ACCEPTED,
    /** Answered by 409: what it asked for is not there, and nothing changed. */
    REFUSED,
    /** Turned away because of the load, with nothing changed. */
    REJECTED,
    /** Answered otherwise, or not at all: it may have been done or not. */
    FAILED,
    /** Never sent, as the time was over before there was a connection for it. */
    UNSENT;

    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final String OVERLOADED = "\"urn:inventory:problem:overloaded\"";

    /** Judges an answer by its status and, when that does not tell, by its whole text. */
    static Outcome of(int status, Supplier<String> text) {
        if (status / 100 == 2) {
            return ACCEPTED;
        }
        return switch (status) {
            case CONFLICT -> REFUSED;
            case TOO_MANY_REQUESTS -> REJECTED;
            case UNAVAILABLE -> isOverloaded(text.get()) ? REJECTED : FAILED;
            default -> FAILED;
        };
    }

    private static boolean isOverloaded(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("\r\nretry-after:")
                && lower.contains("\r\ncontent-type: application/problem+json")
                && lower.contains(OVERLOADED);
    }
}
