package retail.inventory.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** One write to each SKU of each store, as bytes made beforehand, so that sending one costs no more than its copy. */
final class EncodedWrites implements Requests {

    static final int STORES = 20;
    static final int SKUS = 1000;

    private static final String BODY = "{\"delta\":1}";

    private final ByteBuffer all;
    private final int size;
    private final SplittableRandom random = new SplittableRandom();

    EncodedWrites(URI baseUrl) {
        size = encode(baseUrl, 0, 0).length;
        all = ByteBuffer.allocateDirect(STORES * SKUS * size);
        for (int store = 0; store < STORES; store++) {
            for (int sku = 0; sku < SKUS; sku++) {
                all.put(encode(baseUrl, store, sku));
            }
        }
    }

    static String storeId(int store) {
        return String.format(Locale.ROOT, "STORE%02d", store);
    }

    /** A write to a SKU at random. */
    @Override
    public ByteBuffer next() {
        return all.slice(random.nextInt(STORES * SKUS) * size, size);
    }

    /** All have the same length. */
    private static byte[] encode(URI baseUrl, int store, int sku) {
        String request = "POST /stores/" + storeId(store) + "/inventory/" + String.format(Locale.ROOT, "SKU%04d", sku)
                + "/adjust HTTP/1.1\r\nHost: " + baseUrl.getRawAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
        return request.getBytes(StandardCharsets.US_ASCII);
    }
}
