package retail.inventory.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import retail.inventory.lab.EncodedRequests;
import retail.inventory.lab.Requests;

/** One write to each SKU of each store. */
final class EncodedWrites implements Requests {

    static final int STORES = 20;
    static final int SKUS = 1000;

    private static final String BODY = "{\"delta\":1}";

    private final EncodedRequests all;
    private final SplittableRandom random = new SplittableRandom();

    EncodedWrites(URI baseUrl) {
        all = new EncodedRequests(STORES * SKUS, i -> EncodedRequests.post(baseUrl, target(i / SKUS, i % SKUS), BODY));
    }

    static String storeId(int store) {
        return String.format(Locale.ROOT, "STORE%02d", store);
    }

    /** A write to a SKU at random. */
    @Override
    public ByteBuffer next() {
        return all.at(random.nextInt(all.count()));
    }

    private static String target(int store, int sku) {
        return "/stores/" + storeId(store) + "/inventory/" + String.format(Locale.ROOT, "SKU%04d", sku) + "/adjust";
    }
}
