package retail.inventory.web.tomcat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import retail.inventory.process.GuardedTask;
import retail.inventory.web.ServedConnection;

/**
 * Tomcat's endpoint of a connector, with {@link Connections} that look after themselves: a sweep ends what takes too long to
 * arrive, and when there are as many as may be, those that only take up room make way for newcomers, where Tomcat would let
 * the newcomers wait.
 */
final class ConnectionsEndpoint extends NioEndpoint {

    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NO_ROOM_MS = 2;

    /** This part of the places is kept free. */
    private static final int SPARE_PART = 5;

    /** After this part of them was taken it is time to look again. */
    private static final int STEP_PART = 32;

    private Connections ours = watched(new ClosedConnections());
    private final GuardedTask guarded = new GuardedTask("connections");
    private volatile @Nullable Thread sweep;
    private int sinceLooked; // by the acceptor's thread alone

    private Connections watched(ClosedConnections closed) {
        return new Connections(() -> connections.values(), this::getKeepAliveTimeout, closed);
    }

    /** What looks after them. */
    Connections ours() {
        return ours;
    }

    /** Before the start: who counts the connections that are closed here. */
    void tell(ClosedConnections counts) {
        ours = watched(counts);
    }

    /**
     * Others make way when a fifth of the places is left: it is for those whose threads answer before they go, so that nobody
     * has to wait for them.
     */
    @Override
    protected void countUpOrAwaitConnection() throws InterruptedException {
        int max = getMaxConnections();
        int step = Math.max(1, max / STEP_PART);
        if (max > 0 && getConnectionCount() >= max - max / SPARE_PART && ++sinceLooked >= step) {
            sinceLooked = 0;
            ours.makeWay(max);
        }
        while (isRunning() && !isPaused() && max > 0 && getConnectionCount() >= max) {
            if (ours.makeWay(max) == 0) {
                TimeUnit.MILLISECONDS.sleep(NO_ROOM_MS); // all are being worked on, or on their way out
            }
        }
        super.countUpOrAwaitConnection();
    }

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        Thread thread =
                Thread.ofPlatform().daemon().name("connections-" + getName()).unstarted(this::sweepWhileItRuns);
        sweep = thread;
        thread.start();
    }

    @Override
    public void stopInternal() {
        Thread thread = sweep;
        sweep = null;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
        super.stopInternal();
    }

    private void sweepWhileItRuns() {
        while (Thread.currentThread() == sweep) {
            guarded.run(() -> ours.sweep(System.nanoTime()));
            LockSupport.parkNanos(SWEEP_NANOS);
        }
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        return new Serving(socket, event);
    }

    /** Notes which connection a thread serves. */
    private final class Serving extends SocketProcessor {

        private Serving(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            super(socket, event);
        }

        @Override
        protected void doRun() {
            ServedConnection.serve(new TomcatConnection(ours, socketWrapper), super::doRun);
        }
    }
}
