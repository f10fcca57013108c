package retail.inventory.lab;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of the load generator: at most one request at a time, and nothing it does blocks. Not thread-safe. */
final class LoadConnection {

    /** Longer than the service lets a request wait for its disk. */
    private static final long ANSWER_MAX_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Shorter than the service keeps an unused connection, or a request might meet its end. */
    private static final long UNUSED_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final AnswerParser answer = new AnswerParser();
    private @Nullable Request request;
    private long usedNanos = System.nanoTime();

    /**
     * A request on its way.
     *
     * @param outcomes where it counts
     * @param due nanoseconds after the start of these, as the other times
     * @param ready when it was due and there was a connection for it
     */
    record Request(Outcomes outcomes, ByteBuffer bytes, long due, long ready, long sent) {

        void settle(Outcome outcome) {
            outcomes.add(outcome, due, ready, sent, outcomes.sinceStart(System.nanoTime()));
        }
    }

    /** Begins to connect; the selector tells when that is done. */
    LoadConnection(Selector selector, @Nullable InetAddress from, InetSocketAddress address) throws IOException {
        channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (from != null) {
                channel.bind(new InetSocketAddress(from, 0));
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(address);
            key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        key.attach(this);
    }

    /** Sends a request, now or as soon as it is connected; there must be none on its way. */
    void send(Request next) throws IOException {
        request = next;
        usedNanos = System.nanoTime();
        if (channel.isConnected()) {
            write(next);
        }
    }

    /** Does what the selector says can be done; true when the answer is complete. Throws also when the server closed. */
    boolean onReady(ByteBuffer scratch) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            if (request != null) {
                write(request);
            }
            return false;
        }
        int count = channel.read(scratch.clear());
        if (count < 0) {
            throw new EOFException("the service closed the connection");
        }
        return answer.accept(scratch.flip());
    }

    /** The request that is on its way, if there is one. */
    @Nullable
    Request request() {
        return request;
    }

    /** The answer, once it is complete. */
    AnswerParser answer() {
        return answer;
    }

    /** Makes it ready for the next request. */
    void answered() {
        request = null;
    }

    /** Whether its request should have been answered long ago. */
    boolean isOverdue(long nanos) {
        return nanos - usedNanos > ANSWER_MAX_NANOS;
    }

    /** Whether it had no request for so long that the service may be about to close it. */
    boolean isUnused(long nanos) {
        return nanos - usedNanos > UNUSED_MAX_NANOS;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("a socket that cannot be closed", e);
        }
    }

    private void write(Request next) throws IOException {
        channel.write(next.bytes());
        if (next.bytes().hasRemaining()) {
            // The buffer of a socket takes some hundred bytes when nothing else is on its way.
            throw new IOException("a request did not go out whole");
        }
    }
}
