package retail.inventory.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import retail.inventory.admission.BodyBudget;

/**
 * A request whose body is in memory already, so that it can be worked on without waiting for its client: a client that
 * sends a byte now and then costs a thread that waits, not a place in a bulkhead.
 */
public final class BufferedBody extends HttpServletRequestWrapper {

    private static final long TIME_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Most bodies fit. */
    private static final int FIRST_BYTES = 256;

    private final byte[] body;

    private BufferedBody(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The body did not come as it must; the type says why. */
    public static final class RefusedBodyException extends IOException {
        private static final long serialVersionUID = 1;

        private static final String REFUSED = RefusedBodyException.class.getName();

        private final ProblemType type;

        private RefusedBodyException(ProblemType type, String detail) {
            super(detail);
            this.type = type;
        }

        public ProblemType type() {
            return type;
        }

        public String detail() {
            return String.valueOf(getMessage());
        }

        /** Notes it with the request, for whoever writes the answer. */
        void note(HttpServletRequest request) {
            request.setAttribute(REFUSED, this);
        }

        /** What was noted. */
        public static @Nullable RefusedBodyException of(HttpServletRequest request) {
            return request.getAttribute(REFUSED) instanceof RefusedBodyException refused ? refused : null;
        }

        /** The status of the answer, which is not there yet when a body was refused. */
        static int status(HttpServletRequest request, HttpServletResponse response) {
            RefusedBodyException refused = of(request);
            return refused == null
                    ? response.getStatus()
                    : refused.type.status().value();
        }
    }

    /**
     * Reads the body.
     *
     * @param budget has the bytes of the body taken from it, until {@link #giveBack}
     */
    public static BufferedBody of(HttpServletRequest request, BodyBudget budget) throws RefusedBodyException {
        ServedConnection connection = ServedConnection.current();
        Arrival arrival = new Arrival(request, budget, connection);
        try {
            return new BufferedBody(request, arrival.read());
        } catch (RefusedBodyException e) {
            budget.giveBack(arrival.size);
            throw e;
        } catch (IOException e) {
            budget.giveBack(arrival.size);
            throw arrival.refused();
        }
    }

    /** A body while it comes. */
    private static final class Arrival {
        private final HttpServletRequest request;
        private final BodyBudget budget;
        private final @Nullable ServedConnection connection;
        private final long announced;
        private final int bytesMax;
        private final long startNanos = System.nanoTime();
        private @Nullable StalledTransfer stalled;
        private int size;

        private Arrival(HttpServletRequest request, BodyBudget budget, @Nullable ServedConnection connection) {
            this.request = request;
            this.budget = budget;
            this.connection = connection;
            this.announced = request.getContentLengthLong();
            this.bytesMax = BodyLimitFilter.bytesMax(request);
        }

        private byte[] read() throws IOException {
            try {
                return readAll();
            } finally {
                if (connection != null && stalled != null) {
                    connection.bodyIsHere(); // or given up: nobody may cut what the connection does next
                }
            }
        }

        private byte[] readAll() throws IOException {
            ServletInputStream in = request.getInputStream();
            byte[] bytes = new byte[announced < 0 ? FIRST_BYTES : (int) Math.min(announced, FIRST_BYTES)];
            while (size != announced) {
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.max(FIRST_BYTES, 2 * size));
                }
                if (stalled == null && connection != null && in.available() == 0) {
                    stalled = connection.awaitBody();
                }
                int read = in.read(bytes, size, bytes.length - size);
                if (read < 0) {
                    break;
                }
                take(read);
            }
            return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        }

        private void take(int read) throws RefusedBodyException {
            if (!budget.take(read)) {
                if (connection != null) {
                    connection.relieve();
                }
                throw overloaded();
            }
            size += read;
            if (size > bytesMax) {
                throw new RefusedBodyException(ProblemType.BODY_TOO_LARGE, BodyLimitFilter.tooLarge(bytesMax) + ".");
            }
            if (System.nanoTime() - startNanos > TIME_MAX_NANOS) {
                throw tooSlow();
            }
        }

        /** It broke off, or was cut. */
        private RefusedBodyException refused() {
            StalledTransfer.Cut cut = stalled == null ? null : stalled.why();
            if (cut == StalledTransfer.Cut.ROOM_NEEDED) {
                return overloaded();
            }
            return cut == StalledTransfer.Cut.TOO_SLOW || System.nanoTime() - startNanos > TIME_MAX_NANOS
                    ? tooSlow()
                    : new RefusedBodyException(
                            ProblemType.INVALID_REQUEST, "Nothing was changed: the body cannot be read to its end.");
        }

        private static RefusedBodyException tooSlow() {
            return new RefusedBodyException(
                    ProblemType.REQUEST_TIMEOUT,
                    "Nothing was changed: the body arrived too slowly. Send it without pauses.");
        }

        private static RefusedBodyException overloaded() {
            return new RefusedBodyException(
                    ProblemType.OVERLOADED,
                    "Nothing was changed: too many requests are being received at once. Try again later.");
        }
    }

    /** The body, not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The request has been answered. */
    void giveBack(BodyBudget budget) {
        budget.giveBack(body.length);
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
