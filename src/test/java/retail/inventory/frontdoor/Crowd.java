package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import retail.inventory.lab.Moments;

/** Many connections from one address that all send the beginning of something, and never read. */
final class Crowd implements AutoCloseable {

    private static final int AT_ONCE = 250;
    private static final int PAUSE_MS = 50;

    private final List<SocketChannel> connections = new ArrayList<>();
    private final InetSocketAddress service;
    private final InetSocketAddress from;

    Crowd(URI service, String from) {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), service.getPort());
        this.from = new InetSocketAddress(InetAddress.ofLiteral(from), 0);
    }

    /**
     * Opens so many more, each of which sends this; 5,000 a second at most, for the processors that this takes are the
     * service's as well, which real strangers would not take from it.
     */
    void join(int count, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            if (i % AT_ONCE == AT_ONCE - 1) {
                Moments.pause(PAUSE_MS);
            }
            SocketChannel connection = SocketChannel.open();
            connections.add(connection);
            connection.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            connection.bind(from);
            connection.connect(service);
            connection.configureBlocking(false);
            send(connection, bytes);
        }
    }

    /** Each that is still there sends a little more. */
    void trickle(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (SocketChannel connection : connections) {
            send(connection, bytes);
        }
    }

    private static void send(SocketChannel connection, byte[] bytes) {
        try {
            connection.write(ByteBuffer.wrap(bytes));
        } catch (IOException closedByTheService) {
            // as it may
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }
}
