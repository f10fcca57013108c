package retail.inventory.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A collector of spans on this machine, which understands as much of OTLP over HTTP as is asked for here. */
public final class SpanReceiver implements BeforeAllCallback, AfterAllCallback {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final HttpServer server;
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param parentId of the span it is part of; empty when it is the first of its trace
     * @param attributes numbers as text
     */
    public record Span(String traceId, String spanId, String parentId, String name, Map<String, String> attributes) {}

    /** One on a free port. */
    public SpanReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    /** Where it receives spans. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The paths of what was sent here. */
    public List<String> paths() {
        return paths;
    }

    /** What was received. */
    public List<Span> spans() {
        return spans;
    }

    @Override
    public void beforeAll(ExtensionContext test) {}

    @Override
    public void afterAll(ExtensionContext test) {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().getPath());
            for (byte[] resource : fields(body, 1)) {
                for (byte[] scope : fields(resource, 2)) {
                    fields(scope, 2).forEach(span -> spans.add(span(span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Field numbers of opentelemetry/proto/trace/v1/trace.proto. */
    private static Span span(byte[] span) {
        Map<String, String> attributes = new HashMap<>();
        for (byte[] attribute : fields(span, 9)) {
            byte[] value = fields(attribute, 2).getFirst();
            List<byte[]> text = fields(value, 1);
            attributes.put(text(fields(attribute, 1)), text.isEmpty() ? text(fields(value, 3)) : text(text));
        }
        return new Span(
                hex(fields(span, 1)), hex(fields(span, 2)), hex(fields(span, 4)), text(fields(span, 5)), attributes);
    }

    private static String text(List<byte[]> field) {
        return new String(field.getFirst(), StandardCharsets.UTF_8);
    }

    private static String hex(List<byte[]> field) {
        return field.isEmpty() ? "" : HexFormat.of().formatHex(field.getFirst());
    }

    /** The values of a field of a protobuf message; integers as text. */
    private static List<byte[]> fields(byte[] message, int wanted) {
        List<byte[]> found = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long tag = varint(message, at);
            byte[] value = switch ((int) (tag & 7)) {
                case VARINT -> Long.toString(varint(message, at)).getBytes(StandardCharsets.UTF_8);
                case FIXED64 -> next(message, at, 8);
                case BYTES -> next(message, at, (int) varint(message, at));
                default -> next(message, at, 4);
            };
            if (tag >>> 3 == wanted) {
                found.add(value);
            }
        }
        return found;
    }

    private static byte[] next(byte[] message, int[] at, int length) {
        byte[] value = new byte[length];
        System.arraycopy(message, at[0], value, 0, length);
        at[0] += length;
        return value;
    }

    private static long varint(byte[] message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
