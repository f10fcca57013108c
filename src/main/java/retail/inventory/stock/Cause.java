package retail.inventory.stock;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who changed stock, why, and when it happened. Rules never look at it.
 *
 * @param by whoever was allowed to; {@link #LOCAL} as long as nobody is asked
 * @param reason a word of the caller's, such as {@code SOLD}: {@link #REASON_RULE}
 * @param reference an order, a document, a URI: {@link #REFERENCE_RULE}
 * @param actor whoever the caller says it was, a cashier for instance: {@link #ACTOR_RULE}
 * @param occurredAt when it happened, to the millisecond; not later than it was recorded
 */
public record Cause(
        String by,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String actor,
        @Nullable Instant occurredAt) {

    /** Somebody on this machine. */
    public static final String LOCAL = "local";

    /** Nothing was said. */
    public static final Cause NONE = new Cause(LOCAL, null, null, null, null);

    /** What a reason must look like, for error messages. */
    public static final String REASON_RULE = "1 to 32 of A to Z, digits and '_', starting with a letter";

    /** What a reference must look like, for error messages. */
    public static final String REFERENCE_RULE = "1 to 128 printable ASCII characters, not only spaces";

    /** What the name of an actor must look like, for error messages. */
    public static final String ACTOR_RULE = "1 to 64 printable ASCII characters, not only spaces";

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final int REFERENCE_MAX = 128;
    private static final int ACTOR_MAX = 64;

    /** Holds the rules. */
    public Cause {
        if (reason != null && !isReason(reason)) {
            throw new IllegalArgumentException("reason must be " + REASON_RULE);
        }
        if (reference != null && !isReference(reference)) {
            throw new IllegalArgumentException("reference must be " + REFERENCE_RULE);
        }
        if (actor != null && !isActor(actor)) {
            throw new IllegalArgumentException("actor must be " + ACTOR_RULE);
        }
    }

    /** Whether a text is a valid reason. */
    public static boolean isReason(String text) {
        return REASON.matcher(text).matches();
    }

    /** Whether a text is a valid reference. */
    public static boolean isReference(String text) {
        return isPrintable(text, REFERENCE_MAX);
    }

    /** Whether a text is a valid name of an actor. */
    public static boolean isActor(String text) {
        return isPrintable(text, ACTOR_MAX);
    }

    /** Whether nobody was asked who he is. */
    public boolean isLocal() {
        return by.equals(LOCAL);
    }

    /** Whether nothing was said of why, for what, by whom and when. */
    public boolean isBare() {
        return reason == null && reference == null && actor == null && occurredAt == null;
    }

    /** The same, of somebody whose identity was found out. */
    public Cause madeBy(String identity) {
        return by.equals(identity) ? this : new Cause(identity, reason, reference, actor, occurredAt);
    }

    /** The same; a clock that told of the future was wrong, so what it told of happens now. */
    public Cause occurredBy(Instant now) {
        return occurredAt == null || !occurredAt.isAfter(now) ? this : new Cause(by, reason, reference, actor, now);
    }

    private static boolean isPrintable(String text, int lengthMax) {
        return !text.isBlank() && text.length() <= lengthMax && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
