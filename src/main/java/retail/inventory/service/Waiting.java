package retail.inventory.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.ServiceUnavailableException.Reason;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.SkuRow;

/** Waiting, with a deadline, for what the log's thread completes. */
final class Waiting {

    private Waiting() {}

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

    /** The record of a SKU once it is durable; null when the SKU has none. */
    static @Nullable InventoryRecord durable(SkuRow row) {
        try {
            return row.durable();
        } catch (CommitTimeoutException e) {
            throw new ServiceUnavailableException(Reason.OVERLOADED, String.valueOf(e.getMessage()));
        }
    }

    /** The answer to a change; whoever waits in vain for the log does not know what became of it. */
    static <T extends @Nullable Object> T orUnknown(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (CommitTimeoutException e) {
            throw new OutcomeUnknownException(String.valueOf(e.getMessage()));
        }
    }

    /** What a wait ends with that was interrupted; the thread stays so. */
    static CommitTimeoutException interrupted() {
        Thread.currentThread().interrupt();
        return new CommitTimeoutException("the service is stopping");
    }
}
