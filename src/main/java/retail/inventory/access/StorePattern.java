package retail.inventory.access;

import java.util.regex.Pattern;

/**
 * Which stores a grant is for: one by its id ({@code STORE001}), all whose ids begin alike ({@code DE-*}), or all ({@code *}).
 * Case counts; there is no other wildcard.
 */
final class StorePattern {

    static final String RULE =
            "the id of a store (A-Z a-z 0-9 . _ -), the beginning of ids and a *, such as DE-*, or * for all";

    private static final char WILDCARD = '*';
    private static final Pattern FORM = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\*?");

    private StorePattern() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static boolean isExact(String pattern) {
        return pattern.charAt(pattern.length() - 1) != WILDCARD;
    }

    /** What the ids begin with, of a pattern that is not exact. */
    static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }
}
