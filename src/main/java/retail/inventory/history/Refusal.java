package retail.inventory.history;

/** Why a change was refused. */
public enum Refusal {
    /** There is less than it takes. */
    INSUFFICIENT_STOCK,
    /** The SKU has another version than it expects. */
    VERSION_CONFLICT,
    /** It takes from a SKU that is not there. */
    UNKNOWN_SKU,
    /** There would be more than can be counted. */
    ABOVE_MAXIMUM
}
