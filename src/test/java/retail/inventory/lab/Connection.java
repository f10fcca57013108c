package retail.inventory.lab;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    private final URI baseUrl;
    private boolean answering;

    /** A stream of server-sent events, endless when the status is 200. */
    public record Events(int status, InputStream body) {}

    /** Connects. */
    public Connection(URI baseUrl) throws IOException {
        this(baseUrl, null);
    }

    /** Connects from an address of this machine. */
    public Connection(URI baseUrl, @Nullable InetAddress from) throws IOException {
        this.baseUrl = baseUrl;
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
        return exchange(Requests.get(baseUrl, target));
    }

    /** Sends what may be sent again when it has a key. */
    public Answer post(String target, @Nullable String idempotencyKey, String json) throws IOException {
        return exchange(Requests.post(baseUrl, target, idempotencyKey, json));
    }

    /** The same for what is put in its place. */
    public Answer put(String target, @Nullable String idempotencyKey, String json) throws IOException {
        return exchange(Requests.put(baseUrl, target, idempotencyKey, json));
    }

    /** Follows a feed from behind an event on, until the connection is closed. */
    public Events events(String target, long lastEventId) throws IOException {
        String head = "\r\nAccept: text/event-stream\r\nLast-Event-ID: " + lastEventId + "\r\n\r\n";
        send(Requests.get(baseUrl, target).stripTrailing() + head);
        boolean complete = parser.accept(read());
        while (!complete && (!parser.hasHead() || parser.status() != 200)) {
            complete = parser.accept(read());
        }
        if (parser.status() != 200) {
            byte[] body = parser.answer().body().getBytes(StandardCharsets.UTF_8);
            return new Events(parser.status(), new ByteArrayInputStream(body));
        }
        return new Events(200, new Body(complete));
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

    /** A body of chunks as they come. */
    private final class Body extends InputStream {
        private boolean complete;
        private ByteBuffer part;

        private Body(boolean complete) throws IOException {
            this.complete = complete;
            this.part = ByteBuffer.wrap(parser.takeChunks());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            while (!part.hasRemaining()) {
                if (complete) {
                    return -1;
                }
                complete = parser.accept(Connection.this.read());
                part = ByteBuffer.wrap(parser.takeChunks());
            }
            int got = Math.min(count, part.remaining());
            part.get(into, from, got);
            return got;
        }
    }
}
