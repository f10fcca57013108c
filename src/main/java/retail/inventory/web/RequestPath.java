package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request: split at its slashes as it came, then each segment decoded, once. Everything that decides by a path
 * asks this, so that no two parts of the service see different paths: {@code A%2FB} is one segment, and what somebody between
 * here and the client may have read otherwise ({@code //}, {@code /../}, {@code ;x=y}) is none at all.
 */
public final class RequestPath {

    private static final String ATTRIBUTE = RequestPath.class.getName();
    private static final String API = "api";
    private static final String UNRESERVED = "-._~:";

    /** No route has so many: a bit says of each whether it is encoded. */
    private static final int SEGMENTS_MAX = Long.SIZE;

    private final List<String> segments;
    private final long encoded;
    private final @Nullable String fault;

    private RequestPath(List<String> segments, long encoded, @Nullable String fault) {
        this.segments = segments;
        this.encoded = encoded;
        this.fault = fault;
    }

    /** The path of a request, which is looked at once. */
    public static RequestPath of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestPath known) {
            return known;
        }
        RequestPath path = parse(request.getRequestURI());
        request.setAttribute(ATTRIBUTE, path);
        return path;
    }

    /** Reads a path as it stands in a request; null when the web server could not read the first line. */
    static RequestPath parse(@Nullable String raw) {
        if (raw == null || !raw.startsWith("/")) {
            return refused("The path must begin with a slash.");
        }
        if (raw.indexOf(';') >= 0) {
            return refused("The path must not have a ';': send %3B for one that belongs to a SKU.");
        }
        List<String> segments = new ArrayList<>(6);
        long encoded = 0;
        int start = 1;
        while (start <= raw.length()) {
            if (segments.size() == SEGMENTS_MAX) {
                return refused("The path must not have more than " + SEGMENTS_MAX + " segments.");
            }
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            String segment = raw.substring(start, end);
            if (segment.indexOf('%') >= 0) {
                encoded |= 1L << segments.size();
                segment = decoded(segment);
                if (segment == null) {
                    return refused(
                            "The path has a '%' that does not begin a percent-encoded byte, or bytes that are not"
                                    + " UTF-8 or are 0.");
                }
            }
            if (segment.isEmpty() && slash >= 0) {
                return refused("The path must not have two slashes in a row.");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return refused("The path must not have a segment that is \".\" or \"..\".");
            }
            segments.add(segment);
            start = end + 1;
        }
        return new RequestPath(segments, encoded, null);
    }

    private static RequestPath refused(String fault) {
        return new RequestPath(List.of(), 0, fault);
    }

    private static @Nullable String decoded(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.write(c); // the web server lets nothing but ASCII through
                continue;
            }
            int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0 || high + low == 0) {
                return null;
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    /** A text as a segment of a path. */
    public static String encoded(String text) {
        StringBuilder segment = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if ((c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                segment.append(c);
            } else {
                segment.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
            }
        }
        return segment.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    /** Why it is no path that can be served, in a sentence for the client; null when it is one. */
    @Nullable
    String fault() {
        return fault;
    }

    /** How many segments it has: behind a slash at the end there is an empty one. */
    int size() {
        return segments.size();
    }

    /** A segment, decoded. */
    String segment(int index) {
        return segments.get(index);
    }

    /** Whether a segment came as it is, without percent-encoding. */
    boolean isPlain(int index) {
        return (encoded & 1L << index) == 0;
    }

    /** Whether its last segment came so. */
    public boolean isLastPlain() {
        return isPlain(segments.size() - 1);
    }

    /** Whether a segment is there and is this one. */
    boolean has(int index, String segment) {
        return index < segments.size() && segments.get(index).equals(segment);
    }

    boolean isRoot() {
        return segments.size() == 1 && segments.getFirst().isEmpty();
    }

    /** The first segment behind the prefix {@code /api}, which all routes but actuator's have as well. */
    int behindApi() {
        return has(0, API) ? 1 : 0;
    }

    /** Whether it, behind either prefix, is one of these or below it. */
    public boolean isOrIsBelow(String... paths) {
        for (String path : paths) {
            if (isOrIsBelow(path)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOrIsBelow(String path) {
        int index = behindApi();
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (index >= segments.size()
                    || segments.get(index).length() != end - start
                    || !path.startsWith(segments.get(index), start)) {
                return false;
            }
            index++;
            start = end + 1;
        }
        return true;
    }

    /** Whether it is one segment below this one, behind either prefix. */
    boolean isBelow(String path) {
        return isOrIsBelow(path) && segments.size() == behindApi() + path.split("/", -1).length;
    }

    /** Whether it is this one, behind either prefix. */
    boolean is(String path) {
        return isOrIsBelow(path) && segments.size() == behindApi() + path.split("/", -1).length - 1;
    }
}
