package retail.inventory.powercut;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;

/**
 * A change that a client asks for.
 *
 * @param delta below zero it is a reservation
 * @param expectedVersion null when any will do
 * @param key the idempotency key, if it has one
 */
record Order(
        String store,
        String sku,
        long delta,
        @Nullable Long expectedVersion,
        @Nullable String key) {

    /** Where the stock is. */
    String place() {
        return store + "/" + sku;
    }

    Reply send(Client client) throws IOException {
        String amount = delta < 0 ? "\"qty\":" + -delta : "\"delta\":" + delta;
        String version = expectedVersion == null ? "" : ",\"expectedVersion\":" + expectedVersion;
        return client.change(store, sku, delta < 0 ? "reserve" : "adjust", "{" + amount + version + "}", key);
    }
}
