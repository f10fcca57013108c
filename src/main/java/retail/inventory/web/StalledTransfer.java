package retail.inventory.web;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a request in work waits for: the rest of its body, or a client that reads its answer. To cut it shuts the
 * connection in that direction only, so that the thread that waits wakes up, and one that has lost the body can still answer.
 * Safe for use by several threads.
 */
public final class StalledTransfer {

    /** Why it is not waited for any longer. */
    public enum Cut {
        /** It has had its time. */
        TOO_SLOW,
        /** Others need the place. */
        ROOM_NEEDED
    }

    private final @Nullable SocketChannel channel;
    private final boolean reading;
    private final long sinceNanos;
    private @Nullable Cut cut;
    private boolean over;

    public StalledTransfer(@Nullable SocketChannel channel, boolean reading, long sinceNanos) {
        this.channel = channel;
        this.reading = reading;
        this.sinceNanos = sinceNanos;
    }

    public boolean isReading() {
        return reading;
    }

    public long sinceNanos() {
        return sinceNanos;
    }

    /** Why it was cut; null when it was not. */
    synchronized @Nullable Cut why() {
        return cut;
    }

    /** It is done: there is nothing to cut any more. */
    public synchronized void end() {
        over = true;
    }

    /** Whether it was cut, now or before. */
    synchronized boolean isCut() {
        return cut != null;
    }

    /** Cuts it; false when there is nothing to cut any more. */
    public synchronized boolean cut(Cut why) {
        if (over || cut != null || channel == null) {
            return false;
        }
        cut = why;
        try {
            if (reading) {
                channel.shutdownInput();
            } else {
                channel.shutdownOutput();
            }
        } catch (IOException closedAlready) {
            return false;
        }
        return true;
    }
}
