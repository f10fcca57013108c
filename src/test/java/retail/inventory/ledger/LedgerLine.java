package retail.inventory.ledger;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * One line of the ledger, read as the movement it stands for.
 *
 * @param number the line's number in its file, the header being 1
 * @param sale whether the amount is reserved; otherwise it is the delta of an adjustment
 * @param amount units: positive for a sale or a return, negative for damage or loss
 */
record LedgerLine(long number, LedgerKey key, boolean sale, long amount) {

    static final String HEADER = "invoice,store,sku,quantity,at";

    private static final String RETURN_PREFIX = "C";
    private static final int COLUMNS = 5;
    /** The largest integer every JSON reader keeps exact, and the service's bound for a quantity. */
    private static final long MAX_QUANTITY = (1L << 53) - 1;

    LedgerLine {
        if (amount == 0 || (sale && amount < 0)) {
            throw new IllegalArgumentException("no movement of %d".formatted(amount));
        }
    }

    /** Reads one line; throws {@link ReplayException} naming the line when it is not of the ledger's form. */
    static LedgerLine parse(long number, String text, String storePrefix) {
        String[] fields = text.split(",", -1);
        if (fields.length != COLUMNS) {
            throw malformed(number, "%d columns instead of %d".formatted(fields.length, COLUMNS));
        }
        for (String field : fields) {
            if (field.isBlank() || field.indexOf('"') >= 0) {
                throw malformed(number, "an empty or quoted field");
            }
        }
        requireInstant(number, fields[4]);
        long quantity = quantity(number, fields[3]);
        LedgerKey key = new LedgerKey(storePrefix + fields[1], fields[2]);
        boolean returned = quantity < 0 && fields[0].startsWith(RETURN_PREFIX);
        return new LedgerLine(number, key, quantity > 0, returned ? -quantity : quantity);
    }

    /** The same line holding {@code same}, an equal key: lets many lines share one key object. */
    LedgerLine sharing(LedgerKey same) {
        return new LedgerLine(number, same, sale, amount);
    }

    static ReplayException malformed(long number, String reason) {
        return new ReplayException("The ledger is malformed at line %d: %s.".formatted(number, reason));
    }

    private static long quantity(long number, String field) {
        long quantity;
        try {
            quantity = Long.parseLong(field);
        } catch (NumberFormatException e) {
            throw malformed(number, "the quantity '%s' is not an integer".formatted(field));
        }
        if (quantity == 0 || quantity > MAX_QUANTITY || quantity < -MAX_QUANTITY) {
            throw malformed(number, "the quantity %d is zero or beyond 2^53-1".formatted(quantity));
        }
        return quantity;
    }

    private static void requireInstant(long number, String field) {
        try {
            Instant.parse(field);
        } catch (DateTimeException e) {
            throw malformed(number, "'%s' is not a time such as 2010-12-01T08:26:00Z".formatted(field));
        }
    }
}
