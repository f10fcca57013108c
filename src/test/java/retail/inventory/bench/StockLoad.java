package retail.inventory.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import retail.inventory.stock.StockKey;

/** What stores and the shop ask of the service, one kind of request each or a mixture. */
enum StockLoad {
    /** Adjusts a SKU at random, of all. */
    ADJUST_MANY("adjust, all SKUs"),
    /** Adjusts always the same SKU. */
    ADJUST_ONE("adjust, one SKU"),
    /** Reserves one unit of the same SKU, and goes on when none is left. */
    RESERVE("reserve until sold out"),
    /** Reads a SKU at random, of all. */
    READ("reads"),
    /** Four reads and a fifth request that adjusts, each of a SKU at random. */
    MIXED("80 reads, 20 adjusts");

    private static final int HOT = 123;
    private static final int READS_IN_100 = 80;

    private final String title;

    StockLoad(String title) {
        this.title = title;
    }

    /** What a table calls it. */
    String title() {
        return title;
    }

    /** Endless requests of this load, of SKUs 0 to {@code skus}. */
    Requests requests(URI baseUrl, int skus) {
        SplittableRandom random = new SplittableRandom();
        return switch (this) {
            case ADJUST_MANY -> {
                Encoded adjusts = new Encoded(skus, i -> change(baseUrl, i, "adjust", "{\"delta\":1}"));
                yield () -> adjusts.at(random.nextInt(skus));
            }
            case ADJUST_ONE -> buffer(change(baseUrl, HOT, "adjust", "{\"delta\":1}"))::duplicate;
            case RESERVE -> buffer(change(baseUrl, HOT, "reserve", "{\"qty\":1}"))::duplicate;
            case READ -> {
                Encoded reads = new Encoded(skus, i -> read(baseUrl, i));
                yield () -> reads.at(random.nextInt(skus));
            }
            case MIXED -> {
                Requests reads = READ.requests(baseUrl, skus);
                Requests adjusts = ADJUST_MANY.requests(baseUrl, skus);
                yield () -> (random.nextInt(100) < READS_IN_100 ? reads : adjusts).next();
            }
        };
    }

    /** One request for each SKU, which puts some units there; more than there are SKUs begin again with the first. */
    static Requests filling(URI baseUrl, int skus) {
        Encoded fills = new Encoded(skus, i -> change(baseUrl, i, "adjust", "{\"delta\":9}"));
        int[] next = {0};
        return () -> fills.at(next[0]++ % skus);
    }

    /** The path of the SKU that {@link #ADJUST_ONE} and {@link #RESERVE} are about. */
    static String hotTarget() {
        return target(HOT);
    }

    private static String target(int sku) {
        StockKey key = WritePathAlone.key(sku);
        return "/stores/" + key.storeId() + "/inventory/" + key.sku();
    }

    private static String read(URI baseUrl, int sku) {
        return "GET " + target(sku) + " HTTP/1.1\r\nHost: " + baseUrl.getRawAuthority() + "\r\n\r\n";
    }

    private static String change(URI baseUrl, int sku, String what, String body) {
        return "POST " + target(sku) + "/" + what + " HTTP/1.1\r\nHost: " + baseUrl.getRawAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static ByteBuffer buffer(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** One request for each SKU, all of the same length. */
    private static final class Encoded {
        private final ByteBuffer all;
        private final int size;

        Encoded(int skus, IntFunction<String> request) {
            size = request.apply(0).length();
            all = ByteBuffer.allocateDirect(skus * size);
            for (int i = 0; i < skus; i++) {
                all.put(request.apply(i).getBytes(StandardCharsets.US_ASCII));
            }
        }

        ByteBuffer at(int sku) {
            return all.slice(sku * size, size);
        }
    }
}
