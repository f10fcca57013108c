package retail.inventory.stock;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may be a SKU, and in which order SKUs come. */
final class Sku {

    private static final int CODE_POINTS_MAX = 64;
    private static final int BYTES_MAX = 255;

    private Sku() {}

    /**
     * What is wrong with a text, as the end of a sentence that begins with its name; null when it is a SKU. This runs for every
     * request and for every event read at start, so printable ASCII, as nearly all SKUs are, takes one loop.
     */
    static @Nullable String fault(String text) {
        boolean hasDots = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                String unprintable = faultOfCharacters(text);
                return unprintable != null ? unprintable : faultOfForm(text, true);
            }
            hasDots |= c == '.';
        }
        return faultOfForm(text, hasDots);
    }

    private static @Nullable String faultOfForm(String text, boolean mayHaveDots) {
        if (text.isEmpty()) {
            return "must not be empty";
        }
        if (text.length() > CODE_POINTS_MAX && text.codePointCount(0, text.length()) > CODE_POINTS_MAX) {
            return "must have at most " + CODE_POINTS_MAX + " characters";
        }
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return "must not begin or end with a space";
        }
        return mayHaveDots && hasDotPart(text)
                ? "must not have a part between slashes that is \".\" or \"..\", which proxies take for a path"
                : null;
    }

    /** Such a part is taken for a step on the way to somewhere else by whatever cleans up paths. */
    private static boolean hasDotPart(String text) {
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            int length = end - start;
            if ((length == 1 || length == 2) && text.startsWith("..".substring(0, length), start)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /**
     * Letters, marks, digits, punctuation and symbols of any script pass. What is not assigned yet does not: whether it is in
     * normal form a later Unicode may decide otherwise.
     */
    private static @Nullable String faultOfCharacters(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            String kind = switch (Character.getType(codePoint)) {
                case Character.CONTROL -> "a control character";
                case Character.FORMAT -> "an invisible format character";
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "a line break";
                case Character.SPACE_SEPARATOR -> codePoint == ' ' ? "" : "a space other than the plain one, U+0020";
                case Character.SURROGATE -> "half of a surrogate pair";
                case Character.PRIVATE_USE -> "a character of private use";
                case Character.UNASSIGNED -> "a character that Unicode has not assigned";
                default -> "";
            };
            if (!kind.isEmpty()) {
                return "must not have " + kind + String.format(Locale.ROOT, " (U+%04X)", codePoint);
            }
        }
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return "must have at most " + CODE_POINTS_MAX + " characters and " + BYTES_MAX + " bytes of UTF-8";
        }
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? null
                : "must be in Unicode's normalization form C (NFC): what looks the same is then the same";
    }

    /** By code points, which is also the order of the bytes of UTF-8; {@link String#compareTo} has another one beyond U+FFFF. */
    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                return rank(left) - rank(right);
            }
        }
        return a.length() - b.length();
    }

    /** Surrogates stand for what comes after all characters that need none. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
