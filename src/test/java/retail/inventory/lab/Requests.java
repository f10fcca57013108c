package retail.inventory.lab;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Requests of a load, as the bytes that go out. */
@FunctionalInterface
public interface Requests {

    /** The next request. */
    ByteBuffer next();

    /**
     * Requests made beforehand, so that sending one costs no more than its copy.
     *
     * @param count how many there are
     * @param request makes each from its number, all of the same length
     * @param order the number of the next one
     */
    static Requests encoded(int count, IntFunction<String> request, IntSupplier order) {
        int size = request.apply(0).length();
        ByteBuffer all = ByteBuffer.allocateDirect(count * size);
        for (int i = 0; i < count; i++) {
            all.put(request.apply(i).getBytes(StandardCharsets.US_ASCII));
        }
        return () -> all.slice(order.getAsInt() * size, size);
    }

    /** The text of a read of a path. */
    static String get(URI baseUrl, String target) {
        return "GET " + target + " HTTP/1.1\r\n" + host(baseUrl) + "\r\n\r\n";
    }

    /** The text of a request with a JSON body, and with a key if it may be sent again. */
    static String post(URI baseUrl, String target, @Nullable String key, String body) {
        return withBody("POST", baseUrl, target, key, body);
    }

    /** The same that says what is to be there. */
    static String put(URI baseUrl, String target, @Nullable String key, String body) {
        return withBody("PUT", baseUrl, target, key, body);
    }

    /** Whom the request is for, and whose it is when the URL has a key in front of its host. */
    private static String host(URI baseUrl) {
        String authority = baseUrl.getRawAuthority();
        String key = baseUrl.getRawUserInfo();
        return key == null
                ? "Host: " + authority
                : "Host: " + authority.substring(key.length() + 1) + "\r\nAuthorization: Bearer " + key;
    }

    private static String withBody(String method, URI baseUrl, String target, @Nullable String key, String body) {
        return method + " " + target + " HTTP/1.1\r\n" + host(baseUrl)
                + (key == null ? "" : "\r\nIdempotency-Key: " + key)
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
}
