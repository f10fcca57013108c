package retail.inventory.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first answer on a connection.
 *
 * @param status of it; 0 when there came none
 * @param headers values by name in lower case
 * @param body without the framing
 */
record SweepAnswer(int status, Map<String, List<String>> headers, String body) {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final SweepAnswer NONE = new SweepAnswer(0, Map.of(), "");

    /** Sends a request on a connection of its own and reads to the end of it; a stream only to its beginning. */
    static SweepAnswer to(SweepRequest request, Socket connection) throws IOException {
        try (Socket socket = connection) {
            try {
                socket.getOutputStream().write(request.bytes());
                socket.shutdownOutput();
            } catch (IOException refusedMeanwhile) {
                // What was answered before is there to be read.
            }
            return parse(read(socket.getInputStream()), request.isHead());
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        boolean headSeen = false;
        try {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all.write(piece, 0, n);
                String soFar = headSeen ? "" : all.toString(StandardCharsets.ISO_8859_1);
                headSeen = headSeen || soFar.contains(END_OF_HEAD);
                if (soFar.contains("text/event-stream") && soFar.startsWith("HTTP/1.1 200")) {
                    break; // it would never end
                }
            }
        } catch (IOException reset) {
            if (all.size() == 0) {
                throw reset;
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static SweepAnswer parse(String wire, boolean head) {
        String text = wire;
        while (text.startsWith("HTTP/1.1 100")) {
            text = text.substring(text.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
        }
        int end = text.indexOf(END_OF_HEAD);
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            return text.isEmpty() ? NONE : new SweepAnswer(0, Map.of(), text);
        }
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines.getFirst().substring(9, 12));
        return new SweepAnswer(status, headers, head ? "" : body(text.substring(end + END_OF_HEAD.length()), headers));
    }

    private static String body(String rest, Map<String, List<String>> headers) {
        String length = headers.getOrDefault("content-length", List.of("")).getFirst();
        String octets;
        if (!length.isEmpty()) {
            octets = rest.substring(0, Math.min(rest.length(), Integer.parseInt(length)));
        } else if (headers.containsKey("transfer-encoding")) {
            octets = joined(rest);
        } else {
            octets = rest;
        }
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < chunks.length(); ) {
            int lineEnd = chunks.indexOf("\r\n", at);
            int size = lineEnd < 0 ? 0 : Integer.parseInt(chunks.substring(at, lineEnd), 16);
            if (size == 0 || lineEnd + 2 + size > chunks.length()) {
                break;
            }
            body.append(chunks, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 2 + size + 2;
        }
        return body.toString();
    }

    /** The only value of a header; null when it did not come once. */
    @Nullable
    String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }
}
