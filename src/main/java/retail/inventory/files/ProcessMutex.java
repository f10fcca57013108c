package retail.inventory.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Mutual exclusion among the processes, and the threads of each, that share a directory. */
public interface ProcessMutex extends AutoCloseable {

    /**
     * Works while nobody else does. Waits for that as long as it takes: a process that was stopped at work keeps all
     * others out, one that dies at work lets them in. Not to be called from within.
     */
    <T extends @Nullable Object> T inside(Work<T> work) throws IOException;

    /** Ends the use by this process, outside of any work. */
    @Override
    void close() throws IOException;

    /** What is done alone. */
    interface Work<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
