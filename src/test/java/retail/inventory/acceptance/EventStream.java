package retail.inventory.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of the feed that reads the stream line by line. It cares for {@code id} and comments only. */
final class EventStream implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;
    private String opening = "";

    private EventStream(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Follows the feed and reads up to the comment it begins with, so that nothing that comes now is missed. */
    static EventStream open(RunningService service, String path, String... headers) throws IOException {
        return open("HTTP/1.1", service, path, headers);
    }

    /** The same, without the marks of chunks in between, which may stand in the middle of any line of a stream that has much to say. */
    static EventStream openWithoutChunks(RunningService service, String path, String... headers) throws IOException {
        return open("HTTP/1.0", service, path, headers);
    }

    private static EventStream open(String version, RunningService service, String path, String... headers)
            throws IOException {
        EventStream stream = new EventStream(service.connect());
        StringBuilder request = new StringBuilder("GET " + path + " " + version + "\r\nHost: localhost\r\n");
        request.append("Accept: text/event-stream\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        stream.socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = stream.lines.readLine();
        if (!"HTTP/1.1 200 ".equals(line)) {
            throw new IOException("no stream: " + line);
        }
        while (line != null && !line.startsWith(": following")) {
            line = stream.lines.readLine();
        }
        stream.opening = String.valueOf(line);
        return stream;
    }

    /** The comment it began with. */
    String opening() {
        return opening;
    }

    /** The id of the next event as the service writes it; null when the service ended the stream. */
    @Nullable
    String nextId() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                return line.substring(4);
            }
        }
        return null;
    }

    /** What the next event says, as JSON; null when the service ended the stream. */
    @Nullable
    String nextData() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring(6);
            }
        }
        return null;
    }

    /** All lines up to the end that the service makes. */
    List<String> toTheEnd() {
        return lines.lines().toList();
    }

    /** The id of the next event; null when the service ended the stream. */
    @Nullable
    Long next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                String data = lines.readLine();
                // A cut may be anywhere: what is not whole does not count.
                String sequence = line.substring(4).split("\\.", 2)[0];
                return data != null && data.startsWith("data: {\"sequence\":" + sequence + ",") && data.endsWith("}")
                        ? Long.valueOf(sequence)
                        : null;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
