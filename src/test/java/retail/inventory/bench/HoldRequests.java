package retail.inventory.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import retail.inventory.lab.Requests;
import retail.inventory.stock.StockKey;

/** Requests about holds, each of a new id. */
final class HoldRequests {

    /** Between the placing of a hold and its release: more than requests can overtake each other by. */
    private static final int OPEN = 1_000;

    private static final int BASKETS = 20_000;
    private static final String NO_ID = "0".repeat(18);

    private final Requests placings;
    private final Requests releases;
    private final long first = ThreadLocalRandom.current().nextInt(100_000_000) * 10_000_000_000L;
    private long placed;
    private long released;

    private HoldRequests(URI baseUrl, int count, IntFunction<String> body) {
        SplittableRandom random = new SplittableRandom();
        String target = "/holds/" + NO_ID;
        this.placings = Requests.encoded(
                count, i -> Requests.put(baseUrl, target, null, body.apply(i)), () -> random.nextInt(count));
        this.releases = Requests.encoded(1, _ -> Requests.post(baseUrl, target + "/release", null, "{}"), () -> 0);
    }

    /** Of one unit of each of so many SKUs at random, of the first {@code skus}; not of the hot one, which another load sells out. */
    static HoldRequests of(URI baseUrl, int skus, int lines, int ttlSeconds) {
        SplittableRandom random = new SplittableRandom();
        return new HoldRequests(
                baseUrl,
                lines == 1 ? skus : BASKETS,
                i -> body(
                        lines == 1
                                ? line(i == StockLoad.HOT ? i + 1 : i)
                                : random.ints(0, skus)
                                        .filter(sku -> sku != StockLoad.HOT)
                                        .distinct()
                                        .limit(lines)
                                        .mapToObj(HoldRequests::line)
                                        .collect(Collectors.joining(",")),
                        ttlSeconds));
    }

    private static String body(String lines, int ttlSeconds) {
        return "{\"ttlSeconds\":" + ttlSeconds + ",\"lines\":[" + lines + "]}";
    }

    private static String line(int sku) {
        StockKey key = WritePathAlone.key(sku);
        return "{\"storeId\":\"" + key.storeId() + "\",\"sku\":\"" + key.sku() + "\",\"qty\":1}";
    }

    /** Places the next one, which then ends by itself. */
    ByteBuffer place() {
        return withId(placings.next(), "PUT /holds/".length(), placed++);
    }

    /** Places one and, every other time, releases one that was placed before. */
    ByteBuffer placeOrRelease() {
        return placed - released <= OPEN ? place() : withId(releases.next(), "POST /holds/".length(), released++);
    }

    private ByteBuffer withId(ByteBuffer request, int at, long number) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        long left = first + number;
        for (int digit = at + NO_ID.length() - 1; digit >= at; digit--) {
            bytes[digit] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return ByteBuffer.wrap(bytes);
    }
}
