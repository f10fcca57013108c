package retail.inventory.stock;

/**
 * One SKU of a hold.
 *
 * @param requested units that were asked for
 * @param qty units that it still claims: set aside, or, once it has ended, to be asked for again
 * @param confirmed units that were taken
 */
public record HoldLine(StockKey key, long requested, long qty, long confirmed) {}
