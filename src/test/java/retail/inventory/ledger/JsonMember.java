package retail.inventory.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member of a JSON object, found by its name. Enough where a name stands once and its text needs no escape; what is
 * not found is a failure, so a change of the format cannot pass unseen.
 */
record JsonMember(String name, Pattern pattern) {

    private static final int SHOWN = 500;

    static JsonMember text(String name) {
        return new JsonMember(name, Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]*)\""));
    }

    static JsonMember number(String name) {
        return new JsonMember(name, Pattern.compile("\"" + name + "\"\\s*:\\s*(-?\\d{1,18})\\b"));
    }

    /** Its value where it first stands; throws {@link ReplayException} when it is not there. */
    String in(String json) {
        return find(json)
                .orElseThrow(() -> new ReplayException(
                        "This has no member '%s' as expected: %s".formatted(name, beginning(json))));
    }

    /** The same of a number. */
    long numberIn(String json) {
        return Long.parseLong(in(json));
    }

    /** Its value, or nothing when it is absent, null or of another kind. */
    Optional<String> find(String json) {
        Matcher matcher = pattern.matcher(json);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** As much of a text as a message may hold. */
    static String beginning(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
