package retail.inventory.web;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** The connection whose requests the current thread serves. */
public interface ServedConnection {

    /** Its socket, with the time-outs of its reads and writes. */
    SocketWrapperBase<NioChannel> socket();

    /** From now on it waits for the rest of a body. */
    StalledTransfer awaitBody();

    /** It no longer does. */
    void bodyIsHere();

    /** Others' bodies are to make way. */
    void relieve();

    /** Null outside of a request, and where the web server is not ours. */
    static @Nullable ServedConnection current() {
        return Current.CONNECTION.get();
    }

    /** Serves it: it is the current one until that has ended. */
    static void serve(ServedConnection connection, Runnable service) {
        Current.CONNECTION.set(connection);
        try {
            service.run();
        } finally {
            Current.CONNECTION.remove();
        }
    }

    /** Of each thread. */
    final class Current {
        private static final ThreadLocal<@Nullable ServedConnection> CONNECTION = new ThreadLocal<>();

        private Current() {}
    }
}
