package retail.inventory.files;

import java.io.IOException;

/** Tells a process whether others are at work in the same directory. */
public interface Presence extends AutoCloseable {

    /**
     * Joins the others until it is closed or the process ends, and says whether there were none. Those who ask must take
     * turns, or two that come at once may both hear that there are others.
     */
    boolean join() throws IOException;

    @Override
    void close() throws IOException;
}
