package retail.inventory.files;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads something on a thread of its own before it is needed, so that a start waits for less. */
public final class ReadAhead<T> {

    private final FutureTask<T> task;

    /** What reads. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads it. */
        T read() throws IOException;
    }

    /** Begins to read. A process that ends meanwhile does not wait for it. */
    public ReadAhead(String name, Reading<T> reading) {
        task = new FutureTask<>(reading::read);
        Thread.ofPlatform().name(name).daemon().start(task);
    }

    /** What was read, as soon as it is. */
    public T get() throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failed) {
                throw failed;
            }
            if (cause instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException("reading ahead failed", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }
}
