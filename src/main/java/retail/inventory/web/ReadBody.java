package retail.inventory.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A request whose body is in memory already, so that it can be worked on without waiting for its client: a client that
 * sends a byte now and then costs a thread that waits, not a place in a bulkhead.
 */
final class ReadBody extends HttpServletRequestWrapper {

    private static final long TIME_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final byte[] body;

    private ReadBody(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /**
     * Reads the body.
     *
     * @throws BodyLimitFilter.BodyTooLargeException when it goes on past the limit
     * @throws SocketTimeoutException when the client takes too long
     * @throws IOException when the client breaks off, or sends what is no body
     */
    static ReadBody of(HttpServletRequest request) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream(128);
        byte[] piece = new byte[1024];
        InputStream in = request.getInputStream();
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            body.write(piece, 0, read);
            if (body.size() > BodyLimitFilter.BODY_BYTES_MAX) {
                throw new BodyLimitFilter.BodyTooLargeException();
            }
            if (System.nanoTime() - start > TIME_MAX_NANOS) {
                throw new SocketTimeoutException("the body took too long");
            }
        }
        return new ReadBody(request, body.toByteArray());
    }

    /** The body, not to be changed. */
    byte[] body() {
        return body;
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return bytes.read(into, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("the body is read by whoever asks, not by events");
            }
        };
    }
}
