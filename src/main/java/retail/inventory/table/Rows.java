package retail.inventory.table;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;

/**
 * The rows that one command is about, each with its lock. A single {@link SkuRow} is such rows too, so that the commonest command
 * makes no collection.
 */
public sealed interface Rows permits SkuRow, SeveralRows, HoldRows {

    /** Rows at one moment. */
    sealed interface Seen extends StockRules.View permits SkuRow.Snapshot, SeveralRows.SeveralSeen, HoldRows.HoldSeen {

        @Override
        @Nullable
        InventoryRecord record(StockKey key);

        /** Waits until all that was seen is durable; false when some of it was taken back. */
        boolean isDurable();
    }

    /** Runs an action on the rows as they are, with all their locks held, taken in the order of keys; it must not wait. */
    <T extends @Nullable Object> T locked(Function<Seen, T> action);

    /** Whether the table has given one of them up, so that its SKU's row is another one; with the locks held. */
    boolean isForgotten();

    /**
     * Puts what a command does in place, with the locks held.
     *
     * @param seen the rows as they are
     * @param fate whether it becomes durable
     */
    void apply(Accepted accepted, Seen seen, Instant at, Commit fate);

    /** Goes back to what the rows were, with the locks held. */
    void restore(Seen before);

    /** Forgets a fate that turned out durable; false when a later change has taken its place. */
    boolean settle(Commit durable);

    /** See {@link SkuRow#forgetIfEmpty}. */
    void forgetIfEmpty();
}
