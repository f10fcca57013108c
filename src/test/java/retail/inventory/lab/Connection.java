package retail.inventory.lab;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the service, for one request at a time. An {@link IOException} means that nobody knows whether the request
 * was done, and that the connection is of no more use.
 */
public final class Connection implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int READ_TIMEOUT_MS = 60_000;
    private static final int HTTP_PORT = 80;
    private static final int READ_BYTES = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final AnswerParser parser = new AnswerParser();
    private final byte[] scratch = new byte[READ_BYTES];
    private final String authority;
    private boolean answering;

    /** A stream of server-sent events, endless when the status is 200. */
    public record Events(int status, InputStream body) {}

    /** Connects. */
    public Connection(URI baseUrl) throws IOException {
        this(baseUrl, null);
    }

    /** Connects from an address of this machine. */
    public Connection(URI baseUrl, @Nullable InetAddress from) throws IOException {
        authority = baseUrl.getRawAuthority();
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_TIMEOUT_MS);
            if (from != null) {
                socket.bind(new InetSocketAddress(from, 0));
            }
            int port = baseUrl.getPort() == -1 ? HTTP_PORT : baseUrl.getPort();
            socket.connect(new InetSocketAddress(baseUrl.getHost(), port), CONNECT_TIMEOUT_MS);
            in = socket.getInputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public Answer get(String target) throws IOException {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    }

    public Answer post(String target, String json) throws IOException {
        return post(target, null, json);
    }

    /** Sends what may be sent again with the same key. */
    public Answer post(String target, @Nullable String idempotencyKey, String json) throws IOException {
        String key = idempotencyKey == null ? "" : "\r\nIdempotency-Key: " + idempotencyKey;
        return exchange("POST " + target + " HTTP/1.1\r\nHost: " + authority + "\r\nContent-Type: application/json"
                + key + "\r\nContent-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    /** Follows a feed from behind an event on, until the connection is closed. */
    public Events events(String target, long lastEventId) throws IOException {
        send("GET " + target + " HTTP/1.1\r\nHost: " + authority + "\r\nAccept: text/event-stream\r\nLast-Event-ID: "
                + lastEventId + "\r\n\r\n");
        boolean complete = parser.accept(read());
        while (!complete && (!parser.hasHead() || parser.status() != 200)) {
            complete = parser.accept(read());
        }
        if (parser.status() != 200) {
            byte[] body = parser.answer().body().getBytes(StandardCharsets.UTF_8);
            return new Events(parser.status(), new ByteArrayInputStream(body));
        }
        return new Events(200, new Chunks(new SequenceInputStream(new ByteArrayInputStream(parser.afterHead()), in)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket that cannot be closed", e);
        }
    }

    /** Whether any of the answer to the latest request has come. */
    boolean isAnswering() {
        return answering;
    }

    private Answer exchange(String request) throws IOException {
        answering = false;
        send(request);
        while (!parser.accept(read())) {}
        return parser.answer();
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private ByteBuffer read() throws IOException {
        int count = in.read(scratch);
        if (count < 0) {
            throw new EOFException("the connection ended before an answer was complete");
        }
        answering = true;
        return ByteBuffer.wrap(scratch, 0, count);
    }

    /** A body as it comes. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;
        private boolean begun;
        private boolean ended;

        private Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int got = in.read(into, from, Math.min(count, left));
            if (got < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            left -= got;
            return got;
        }

        private void next() throws IOException {
            if (begun) {
                String _ = line(); // the end of the chunk before
            }
            begun = true;
            left = Integer.parseInt(line(), 16);
            ended = left == 0;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the connection ended within an answer");
                }
                if (line.length() > READ_BYTES) {
                    throw new ProtocolException("no chunk of an answer");
                }
                line.append((char) next);
            }
            return line.toString().strip();
        }
    }
}
