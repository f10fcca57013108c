package retail.inventory.stock;

/**
 * The identity of a stock position: one SKU in one store. Case matters in both parts (real catalogues have
 * {@code 85123A} and {@code 85123a}).
 *
 * @param storeId 1 to 64 ASCII letters, digits, {@code . _ -}, starting with a letter or digit
 * @param sku the same, and inner spaces and {@code :}
 */
public record StockKey(String storeId, String sku) {

    /** What a store id must look like, for error messages. */
    public static final String STORE_ID_RULE =
            "1 to 64 of letters, digits, '.', '_' and '-', starting with a letter or digit";

    /** What a SKU must look like, for error messages. */
    public static final String SKU_RULE =
            "1 to 64 of letters, digits, '.', '_', '-', ':' and inner spaces, starting with a letter or digit and not"
                    + " ending with a space";

    private static final int LENGTH_MAX = 64;

    /** Holds the rules of both parts. */
    public StockKey {
        if (!isStoreId(storeId)) {
            throw new IllegalArgumentException("storeId must be " + STORE_ID_RULE);
        }
        if (!isSku(sku)) {
            throw new IllegalArgumentException("sku must be " + SKU_RULE);
        }
    }

    /** Whether the text is a valid store id. */
    public static boolean isStoreId(String text) {
        return isId(text, "._-");
    }

    /** Whether the text is a valid SKU. */
    public static boolean isSku(String text) {
        return isId(text, "._-: ") && text.charAt(text.length() - 1) != ' ';
    }

    // A loop, not a regular expression: this runs for every request and for every event read at start.
    private static boolean isId(String text, String alsoAfterTheFirst) {
        if (text.isEmpty() || text.length() > LENGTH_MAX || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && alsoAfterTheFirst.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
