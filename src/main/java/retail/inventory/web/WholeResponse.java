package retail.inventory.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A response that is sent when it is whole, or its buffer is full. Spring flushes each body it has written, a moment before
 * its end: the web server then knows no length, and would compress the shortest answer for all it knows. A stream of events
 * is sent as it comes.
 */
final class WholeResponse extends HttpServletResponseWrapper {

    private @Nullable ServletOutputStream body;

    WholeResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream present = body;
        if (present == null) {
            present = new Unflushed(super.getOutputStream());
            body = present;
        }
        return present;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (isStream()) {
            super.flushBuffer();
        }
    }

    private boolean isStream() {
        String type = getContentType();
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private final class Unflushed extends ServletOutputStream {
        private final ServletOutputStream out;

        private Unflushed(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (isStream()) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
