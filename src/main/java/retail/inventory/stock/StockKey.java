package retail.inventory.stock;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a stock position: one SKU in one store. Case matters in both parts (real catalogues have
 * {@code 85123A} and {@code 85123a}).
 *
 * @param storeId 1 to 64 ASCII letters, digits, {@code . _ -}, starting with a letter or digit
 * @param sku any printable text ({@link #SKU_RULE}), as real catalogues have {@code LM555CN/NOPB} and {@code Ø 8×40 (2 St.)}
 */
public record StockKey(String storeId, String sku) implements Comparable<StockKey> {

    /** What a store id must look like, for error messages. */
    public static final String STORE_ID_RULE =
            "1 to 64 of letters, digits, '.', '_' and '-', starting with a letter or digit";

    /** What a SKU must look like, for error messages. */
    public static final String SKU_RULE =
            "1 to 64 letters, marks, digits, punctuation and symbols of any script, and inner spaces, in Unicode's"
                    + " normalization form C and at most 255 bytes of UTF-8";

    /** The order of SKUs, in tables, files and pages: by code points. */
    public static final Comparator<String> SKU_ORDER = Sku::compare;

    private static final int STORE_ID_LENGTH_MAX = 64;

    /** Holds the rules of both parts. */
    public StockKey {
        if (!isStoreId(storeId)) {
            throw new IllegalArgumentException("storeId must be " + STORE_ID_RULE);
        }
        String fault = skuFault(sku);
        if (fault != null) {
            throw new IllegalArgumentException("sku " + fault);
        }
    }

    /** By store, then by SKU: the order in which several are locked. */
    @Override
    public int compareTo(StockKey other) {
        int byStore = storeId.compareTo(other.storeId);
        return byStore != 0 ? byStore : sku.compareTo(other.sku);
    }

    /** Whether the text is a valid store id. */
    public static boolean isStoreId(String text) {
        if (text.isEmpty() || text.length() > STORE_ID_LENGTH_MAX || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is a valid SKU. */
    public static boolean isSku(String text) {
        return skuFault(text) == null;
    }

    /** What a text breaks of the rule for SKUs, in words that follow its name; null when it is a valid one. */
    public static @Nullable String skuFault(String text) {
        return Sku.fault(text);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
