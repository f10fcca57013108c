package retail.inventory.web.tomcat;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * What a connection is doing, read off Tomcat's own notes: while a thread serves it, the thread holds its lock, and has the
 * selector look for bytes, or for room for some, when it waits; otherwise it has a processor while a head is unfinished, and
 * none while it is idle.
 */
enum ConnectionState {
    /** It has sent a part of a head. */
    UNFINISHED_HEAD,
    /** It has sent a head and not all of the body. */
    UNFINISHED_BODY,
    /** It has sent nothing yet. */
    SILENT,
    /** It does not read its answer. */
    NOT_READING,
    /** It has been answered, and may send another request. */
    IDLE,
    /** It is being worked on, or gets a stream. */
    WORKING;

    /**
     * What it is doing now.
     *
     * @param keepAliveMs the time-out that Tomcat gives to idle ones, and to no others
     */
    static ConnectionState now(SocketWrapperBase<NioChannel> socket, long keepAliveMs) {
        if (socket.getLock().isLocked()) {
            NioSocketWrapper selected = (NioSocketWrapper) socket;
            if (selected.interestOpsHas(SelectionKey.OP_WRITE)) {
                return NOT_READING;
            }
            return selected.interestOpsHas(SelectionKey.OP_READ) ? UNFINISHED_BODY : WORKING;
        }
        if (socket.getCurrentProcessor() != null) {
            return UNFINISHED_HEAD;
        }
        return socket.getReadTimeout() == keepAliveMs ? IDLE : SILENT;
    }

    /** Whether a thread serves such a connection, and so has to end it. */
    boolean isServed() {
        return this == UNFINISHED_BODY || this == NOT_READING || this == WORKING;
    }

    /** How long a connection that no thread serves has been doing it. */
    long ageNanos(SocketWrapperBase<NioChannel> socket, long now) {
        return this == UNFINISHED_HEAD && socket.getCurrentProcessor() instanceof Processor processor
                ? now - processor.getRequest().getStartTimeNanos()
                : TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - ((NioSocketWrapper) socket).getLastRead());
    }

    /** Closes one that no thread serves, unless it has begun to do something else meanwhile. */
    boolean close(SocketWrapperBase<NioChannel> socket) {
        if (!socket.getLock().tryLock()) {
            return false;
        }
        try {
            boolean unfinished = socket.getCurrentProcessor() != null;
            SocketChannel channel = socket.getSocket().getIOChannel();
            if (socket.isClosed()
                    || unfinished != (this == UNFINISHED_HEAD)
                    || channel == null
                    || !channel.isRegistered()) { // so new that Tomcat has not looked at it, and would complain
                return false;
            }
            socket.close();
            return true;
        } finally {
            socket.getLock().unlock();
        }
    }
}
