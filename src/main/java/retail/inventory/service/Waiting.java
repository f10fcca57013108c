package retail.inventory.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import retail.inventory.table.CommitTimeoutException;

/** Waiting for what the log's thread completes. */
final class Waiting {

    private Waiting() {}

    /** Waits for what has a deadline of its own, see {@link CommitDeadlines}. */
    static <T> T ofDeadline(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommitTimeoutException timeout) {
                throw new CommitTimeoutException(String.valueOf(timeout.getMessage())); // with this thread's own trace
            }
            throw new AssertionError("only ever completed with a value or at its deadline", e);
        }
    }

    static <T> T upTo(long ms, CompletableFuture<T> future) {
        try {
            return future.get(ms, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommitTimeoutException("the disk has not answered within " + ms + " ms");
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw new AssertionError("only ever completed with a value", e);
        }
    }

    private static CommitTimeoutException interrupted() {
        Thread.currentThread().interrupt();
        return new CommitTimeoutException("the service is stopping");
    }
}
