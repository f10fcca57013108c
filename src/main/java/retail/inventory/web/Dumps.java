package retail.inventory.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who gets everything there is: few at once, for each takes a processor. One that takes long, because its client reads
 * slowly, makes way for the next, or two such clients would keep everybody else out. Safe for use by several threads.
 */
@Component
public final class Dumps {

    public static final int AT_ONCE = 2;

    private static final long UNDISTURBED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Deque<StalledTransfer> running = new ArrayDeque<>();

    /** A place for the current request, to be given back; null when there is none now. */
    public synchronized @Nullable StalledTransfer enter() {
        long now = System.nanoTime();
        if (running.size() >= AT_ONCE) {
            StalledTransfer oldest = running.getFirst();
            if (now - oldest.sinceNanos() > UNDISTURBED_NANOS) {
                oldest.cut(StalledTransfer.Cut.ROOM_NEEDED); // its place is free in a moment
            }
            return null;
        }
        ServedConnection connection = ServedConnection.current();
        StalledTransfer place = new StalledTransfer(
                connection == null ? null : connection.socket().getSocket().getIOChannel(), false, now);
        running.addLast(place);
        return place;
    }

    /** Gives a place back. */
    public synchronized void leave(StalledTransfer place) {
        place.end();
        running.remove(place);
    }
}
