package retail.inventory.lab;

import org.jspecify.annotations.Nullable;

/** A change that a client asks for: a delivery when units come in, a sale when they go out. */
public record Order(
        String store,
        String sku,
        long delta,
        @Nullable Long expectedVersion,
        @Nullable String key) {

    /** The name of its SKU in a history. */
    String place() {
        return store + "/" + sku;
    }
}
