package retail.inventory.bench;

import java.util.Locale;

/** What became of a request that was due. */
enum Outcome {
    /** Done: an answer of 2xx. */
    ACCEPTED,
    /** Turned away because of the load, with nothing changed. */
    REJECTED,
    /** Answered otherwise, or not at all: it may have been done or not. */
    FAILED,
    /** Never sent, as the time was over before there was a connection for it. */
    UNSENT;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final String OVERLOADED = "\"urn:inventory:problem:overloaded\"";

    /** Judges an answer that is no success by its status and its whole text. */
    static Outcome ofProblem(int status, String text) {
        if (status == TOO_MANY_REQUESTS) {
            return REJECTED;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean overloaded = status == UNAVAILABLE
                && lower.contains("\r\nretry-after:")
                && lower.contains("\r\ncontent-type: application/problem+json")
                && lower.contains(OVERLOADED);
        return overloaded ? REJECTED : FAILED;
    }
}
