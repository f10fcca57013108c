package retail.inventory.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One keep-alive HTTP/1.1 connection: a request is written whole, then its answer is read whole, or as it comes.
 *
 * <p>Replaces the JDK's HttpClient because client and service share the machine here, and the time the client takes is
 * time the service lacks. Not thread-safe. After an exception the connection is of no more use: close it.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int READ_TIMEOUT_MS = 30_000;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final int HTTP_PORT = 80;

    private final Socket socket;
    private final InputStream in;
    private final String authority;

    /** A complete answer; header names are in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** Whether the connection takes no request after this one. */
        public boolean closesConnection() {
            return "close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
        }
    }

    /** The beginning of an answer whose body is still to be read. */
    public record Events(int status, InputStream body) {}

    /** Connects to the host and port of a plain http address. */
    public HttpConnection(URI baseUrl) throws IOException {
        int port = baseUrl.getPort() == -1 ? HTTP_PORT : baseUrl.getPort();
        authority = baseUrl.getRawAuthority();
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_TIMEOUT_MS);
            socket.connect(new InetSocketAddress(baseUrl.getHost(), port), CONNECT_TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Asks for a target, which begins with a slash and is encoded. */
    public Answer get(String target) throws IOException {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    }

    /** Sends JSON of ASCII characters without an idempotency key. */
    public Answer post(String target, String json) throws IOException {
        return postWith("", target, json);
    }

    /** The same with an idempotency key. */
    public Answer post(String target, String idempotencyKey, String json) throws IOException {
        return postWith("\r\nIdempotency-Key: " + idempotencyKey, target, json);
    }

    private Answer postWith(String header, String target, String json) throws IOException {
        return exchange("POST " + target + " HTTP/1.1\r\nHost: " + authority
                + "\r\nContent-Type: application/json" + header
                + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
    }

    /**
     * Asks for a stream of server-sent events. When the status is 200 the body is what comes from now on, and the
     * connection serves nothing else; otherwise it is whole.
     */
    public Events events(String target, long lastEventId) throws IOException {
        send("GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\nAccept: text/event-stream\r\nLast-Event-ID: "
                + lastEventId + "\r\n\r\n");
        int status = status(line());
        Map<String, String> headers = headers();
        return new Events(status, status == 200 ? new Chunks() : new ByteArrayInputStream(body(headers)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket that cannot be closed", e);
        }
    }

    private Answer exchange(String request) throws IOException {
        send(request);
        int status = status(line());
        Map<String, String> headers = headers();
        return new Answer(status, headers, new String(body(headers), StandardCharsets.UTF_8));
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static int status(String statusLine) throws IOException {
        if (!statusLine.matches("HTTP/1\\.[01] [2-5]\\d\\d( .*)?")) {
            throw new ProtocolException("not an HTTP/1.1 answer: " + statusLine);
        }
        return Integer.parseInt(statusLine, 9, 12, 10);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""))) {
            byte[] whole = new Chunks().readNBytes(MAX_BODY_BYTES + 1);
            if (whole.length > MAX_BODY_BYTES) {
                throw new ProtocolException("an answer beyond " + MAX_BODY_BYTES + " bytes");
            }
            return whole;
        }
        return exactly(size(headers.getOrDefault("content-length", "absent"), 10));
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return size(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private static int size(String digits, int radix) throws IOException {
        try {
            int size = Integer.parseInt(digits.strip(), radix);
            if (size >= 0 && size <= MAX_BODY_BYTES) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("the length of an answer is " + digits);
        }
        throw new ProtocolException("the length of an answer is " + digits);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the connection ended within an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended before an answer was complete");
            }
            if (line.length() == MAX_LINE_BYTES) {
                throw new ProtocolException("a header beyond " + MAX_LINE_BYTES + " bytes");
            }
            line.append((char) next);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    /** The chunks of one answer as one stream, each as soon as it comes; it ends with the last chunk. */
    private final class Chunks extends InputStream {
        private int leftOfChunk;
        private boolean begun;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (leftOfChunk == 0 && !next()) {
                return -1;
            }
            int got = in.read(into, from, Math.min(count, leftOfChunk));
            if (got < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            leftOfChunk -= got;
            return got;
        }

        private boolean next() throws IOException {
            if (ended) {
                return false;
            }
            if (begun) {
                line(); // the end of the chunk before
            }
            begun = true;
            leftOfChunk = chunkSize();
            if (leftOfChunk == 0) {
                headers(); // Trailers end with an empty line, as headers do.
                ended = true;
            }
            return !ended;
        }
    }
}
