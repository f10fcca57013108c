package retail.inventory.web;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** The connection whose requests the current thread serves. */
final class ServedConnection {

    private static final ThreadLocal<@Nullable ServedConnection> CURRENT = new ThreadLocal<>();

    private final Connections connections;
    private final SocketWrapperBase<NioChannel> socket;

    private ServedConnection(Connections connections, SocketWrapperBase<NioChannel> socket) {
        this.connections = connections;
        this.socket = socket;
    }

    static void begin(Connections connections, SocketWrapperBase<NioChannel> socket) {
        CURRENT.set(new ServedConnection(connections, socket));
    }

    static void end() {
        CURRENT.remove();
    }

    /** Null outside of a request, and where the web server is not ours. */
    static @Nullable ServedConnection current() {
        return CURRENT.get();
    }

    /** Its socket, with the time-outs of its reads and writes. */
    SocketWrapperBase<NioChannel> socket() {
        return socket;
    }

    /** From now on it waits for the rest of a body. */
    StalledTransfer awaitBody() {
        return connections.awaitBody(socket);
    }

    /** It no longer does. */
    void bodyIsHere() {
        connections.bodyIsHere(socket);
    }

    /** Others' bodies are to make way. */
    void relieve() {
        connections.relieve();
    }
}
