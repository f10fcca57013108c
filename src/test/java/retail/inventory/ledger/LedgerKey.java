package retail.inventory.ledger;

import java.util.Comparator;

/** One SKU in one store: what the order of the ledger's lines is kept for. */
record LedgerKey(String store, String sku) implements Comparable<LedgerKey> {

    private static final Comparator<LedgerKey> BY_STORE_AND_SKU =
            Comparator.comparing(LedgerKey::store).thenComparing(LedgerKey::sku);

    @Override
    public int compareTo(LedgerKey other) {
        return BY_STORE_AND_SKU.compare(this, other);
    }

    @Override
    public String toString() {
        return store + " / " + sku;
    }
}
