package retail.inventory.bench;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import retail.inventory.lab.Requests;
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
    MIXED("80 reads, 20 adjusts"),
    /** Holds one unit of a SKU at random, of all; every other request releases a hold. Each counts. */
    HOLD("hold of one line, or its release"),
    /** The same of {@link #LINES} SKUs at random. */
    BASKET("basket of 20 lines, or its release");

    /** How many SKUs a basket has. */
    static final int LINES = 20;

    /** The SKU that {@link #ADJUST_ONE} and {@link #RESERVE} are about. */
    static final int HOT = 123;

    private static final int READS_IN_100 = 80;
    private static final int HELD_SECONDS = 60;

    private final String title;

    StockLoad(String title) {
        this.title = title;
    }

    /** What a table calls it. */
    String title() {
        return title;
    }

    /** The same where nobody is asked who he is. */
    Requests requests(URI baseUrl, int skus) {
        return requests(List.of(baseUrl), skus);
    }

    /**
     * Endless requests of this load, of SKUs 0 to {@code skus}.
     *
     * @param callers the service as each of its callers has it, with a key or without; they ask for the SKUs in turn
     */
    Requests requests(List<URI> callers, int skus) {
        URI baseUrl = callers.getFirst();
        SplittableRandom random = new SplittableRandom();
        return switch (this) {
            case ADJUST_MANY ->
                Requests.encoded(
                        skus,
                        i -> change(callers.get(i % callers.size()), i, "adjust", "{\"delta\":1}"),
                        () -> random.nextInt(skus));
            case ADJUST_ONE -> always(change(baseUrl, HOT, "adjust", "{\"delta\":1}"));
            case RESERVE -> always(change(baseUrl, HOT, "reserve", "{\"qty\":1}"));
            case READ ->
                Requests.encoded(
                        skus,
                        i -> Requests.get(callers.get(i % callers.size()), target(i)),
                        () -> random.nextInt(skus));
            case MIXED -> {
                Requests reads = READ.requests(callers, skus);
                Requests adjusts = ADJUST_MANY.requests(callers, skus);
                yield () -> (random.nextInt(100) < READS_IN_100 ? reads : adjusts).next();
            }
            case HOLD -> HoldRequests.of(baseUrl, skus, 1, HELD_SECONDS)::placeOrRelease;
            case BASKET -> HoldRequests.of(baseUrl, skus, LINES, HELD_SECONDS)::placeOrRelease;
        };
    }

    /** One request for each SKU, which puts some units there; more than there are SKUs begin again with the first. */
    static Requests filling(URI baseUrl, int skus) {
        AtomicInteger next = new AtomicInteger();
        return Requests.encoded(
                skus, i -> change(baseUrl, i, "adjust", "{\"delta\":9}"), () -> next.getAndIncrement() % skus);
    }

    /** The path of the SKU that {@link #ADJUST_ONE} and {@link #RESERVE} are about. */
    static String hotTarget() {
        return target(HOT);
    }

    /** All stores that loads use. */
    static List<String> stores() {
        return IntStream.range(0, WritePathAlone.STORES)
                .mapToObj(i -> WritePathAlone.key(i).storeId())
                .toList();
    }

    private static String target(int sku) {
        StockKey key = WritePathAlone.key(sku);
        return "/stores/" + key.storeId() + "/inventory/" + key.sku();
    }

    private static String change(URI baseUrl, int sku, String what, String body) {
        return Requests.post(baseUrl, target(sku) + "/" + what, null, body);
    }

    private static Requests always(String request) {
        return Requests.encoded(1, _ -> request, () -> 0);
    }

    /** As an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
