package retail.inventory.lab;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Requests as bytes made beforehand, all of the same length, so that sending one costs no more than its copy. */
public final class EncodedRequests {

    private final ByteBuffer all;
    private final int size;
    private final int count;

    /** As many as are counted; each is made from its number, from 0 on. */
    public EncodedRequests(int count, IntFunction<String> request) {
        this.count = count;
        size = request.apply(0).length();
        all = ByteBuffer.allocateDirect(count * size);
        for (int i = 0; i < count; i++) {
            all.put(request.apply(i).getBytes(StandardCharsets.US_ASCII));
        }
    }

    public int count() {
        return count;
    }

    /** The request of a number. */
    public ByteBuffer at(int number) {
        return all.slice(number * size, size);
    }

    /** The text of a read of a path. */
    public static String get(URI baseUrl, String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + baseUrl.getRawAuthority() + "\r\n\r\n";
    }

    /** The text of a request with a JSON body. */
    public static String post(URI baseUrl, String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: " + baseUrl.getRawAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
