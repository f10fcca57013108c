package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/**
 * The stock of all stores, whatever keeps it. Safe for use by any number of threads.
 *
 * <p>Every answer waits until what it shows is durable, and shows at least what was answered before it was asked for. All methods
 * throw {@link ServiceUnavailableException} when nothing can be said now; then nothing has happened.
 */
public interface Stock {

    /**
     * Corrects the stock of a SKU by a difference; a positive one creates an unknown SKU.
     *
     * @param expectedVersion the version the caller saw, 0 = none yet; null = any
     * @param cause who wants it, and why; what happened in the future happens now
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the storage failed or is too slow to tell
     * @throws LimitReachedException when it would be one SKU or store more than are kept
     */
    Answer adjust(
            StockKey key, long delta, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey);

    /**
     * Takes units of a SKU for a sale, all or none.
     *
     * @param expectedVersion the version the caller saw; null = any
     * @param cause who wants it, and why; what happened in the future happens now
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the storage failed or is too slow to tell
     */
    Answer reserve(
            StockKey key, long qty, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey);

    /**
     * Takes units of one or more SKUs, of whatever stores, for one sale: all of them or none.
     *
     * @param lines what to take; those of the same SKU are added up
     * @param cause who wants it, and why; what happened in the future happens now
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the storage failed or is too slow to tell
     */
    Answer reserveAll(List<Line> lines, Cause cause, @Nullable String idempotencyKey);

    /**
     * Changes a hold, or places it.
     *
     * @param cause who wants it, and why; what happened in the future happens now
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the storage failed or is too slow to tell
     * @throws LimitReachedException when it would be one hold more than are kept
     */
    Answer changeHold(HoldWish wish, Cause cause, @Nullable String idempotencyKey);

    /** A hold as it is now; null when there is none, or it is forgotten. */
    @Nullable
    HoldNow hold(String holdId);

    /**
     * The holds that are for something, open or over, in the order of ids.
     *
     * @param after the id to begin behind; null = from the first
     * @param limit at most so many
     */
    List<HoldNow> holdsWith(String reference, @Nullable String after, int limit);

    /** The holds that count now and end before so long from now, the first to end first. */
    List<HoldNow> holdsEnding(Duration within, int limit);

    /** When answers are given: the instant at which holds that end count no more. */
    Instant now();

    /** The record of a SKU; null when the store does not have it. */
    @Nullable
    InventoryRecord find(StockKey key);

    /**
     * Records of a store in the order of SKUs.
     *
     * @param after the SKU to begin behind; null = from the first
     * @param limit at most so many
     * @return null when the store has no record at all
     */
    @Nullable
    List<InventoryRecord> page(String storeId, @Nullable String after, int limit);

    /** Whether a store has any SKU, be it one whose first change is not durable yet: nobody waits for this. */
    boolean hasStore(String storeId);

    /** Which history it is of: a UUID, another one after it was put back from a copy; null while there is none. */
    @Nullable
    String logId();

    /** Whether a request with this key gets the answer of an earlier one, on whatever state that was given. */
    boolean hasAnswered(String idempotencyKey);
}
