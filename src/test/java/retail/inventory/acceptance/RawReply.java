package retail.inventory.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Reads a response from a connection that ends with it. */
public final class RawReply {

    private RawReply() {}

    /** Reads to the end of the connection. */
    public static Reply read(InputStream connection) throws IOException {
        String text = new String(connection.readAllBytes(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            throw new IOException("not an HTTP response: " + text);
        }
        List<String> lines = text.substring(0, end).lines().toList();
        TreeMap<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        String body = text.substring(end + 4);
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        byte[] octets = (chunked ? joined(body) : body).getBytes(StandardCharsets.ISO_8859_1);
        return new Reply(
                Integer.parseInt(lines.getFirst().substring(9, 12)),
                headers,
                new String(octets, StandardCharsets.UTF_8));
    }

    /** RFC 9112, section 7.1, without extensions and trailers. */
    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, lineEnd), 16);
            if (size == 0) {
                return body.toString();
            }
            body.append(chunks, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 2 + size + 2;
        }
    }
}
