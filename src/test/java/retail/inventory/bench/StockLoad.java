package retail.inventory.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** What stores and the shop ask of the service, one kind of request each or a mixture. */
enum StockLoad {
    /** Adjusts a SKU at random, of 100,000. */
    ADJUST_MANY("adjust, 100,000 SKUs"),
    /** Adjusts always the same SKU. */
    ADJUST_ONE("adjust, one SKU"),
    /** Reserves one unit of the same SKU, and goes on when none is left. */
    RESERVE("reserve until sold out"),
    /** Reads a SKU at random, of 100,000. */
    READ("reads"),
    /** Four reads and a fifth request that adjusts, each of a SKU at random. */
    MIXED("80 reads, 20 adjusts");

    static final int SKUS = 100_000;
    private static final int STORES = 20;
    private static final int HOT = 12_345;
    private static final int READS_IN_100 = 80;

    private final String title;

    StockLoad(String title) {
        this.title = title;
    }

    /** What a table calls it. */
    String title() {
        return title;
    }

    /** Endless requests of this load. */
    Requests requests(URI baseUrl) {
        SplittableRandom random = new SplittableRandom();
        Encoded adjusts = new Encoded(i -> change(baseUrl, i, "adjust", "{\"delta\":1}"));
        Encoded reads = new Encoded(i -> read(baseUrl, i));
        ByteBuffer reserve = buffer(change(baseUrl, HOT, "reserve", "{\"qty\":1}"));
        return switch (this) {
            case ADJUST_MANY -> () -> adjusts.at(random.nextInt(SKUS));
            case ADJUST_ONE -> () -> adjusts.at(HOT);
            case RESERVE -> reserve::duplicate;
            case READ -> () -> reads.at(random.nextInt(SKUS));
            case MIXED -> () -> (random.nextInt(100) < READS_IN_100 ? reads : adjusts).at(random.nextInt(SKUS));
        };
    }

    /** One request for each SKU, which puts some units there; more than there are SKUs begin again with the first. */
    static Requests filling(URI baseUrl) {
        Encoded fills = new Encoded(i -> change(baseUrl, i, "adjust", "{\"delta\":9}"));
        int[] next = {0};
        return () -> fills.at(next[0]++ % SKUS);
    }

    /** The path of the SKU that {@link #ADJUST_ONE} and {@link #RESERVE} are about. */
    static String hotTarget() {
        return target(HOT);
    }

    private static String target(int sku) {
        return String.format(Locale.ROOT, "/stores/STORE%02d/inventory/SKU%06d", sku % STORES, sku);
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

        Encoded(IntFunction<String> request) {
            size = request.apply(0).length();
            all = ByteBuffer.allocateDirect(SKUS * size);
            for (int i = 0; i < SKUS; i++) {
                all.put(request.apply(i).getBytes(StandardCharsets.US_ASCII));
            }
        }

        ByteBuffer at(int sku) {
            return all.slice(sku * size, size);
        }
    }
}
