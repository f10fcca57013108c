package retail.inventory.history;

/** What a caller was told. */
sealed interface Outcome {

    /** The change is done; {@code replayed} when it was done by an earlier request with the same key. */
    record Accepted(long version, long qty, Object eventId, long sequence, boolean replayed) implements Outcome {}

    /** The change was refused because of the state that is shown; version 0 = the SKU is not there. */
    record Refused(Refusal why, long version, long qty) implements Outcome {}

    /** The state of the SKU; version 0 = it is not there. */
    record Shown(long version, long qty) implements Outcome {}

    /** The key belongs to another request that was accepted. */
    record KeyReused() implements Outcome {}

    /** Nobody knows, or not yet: the change may have been made, or may still be. */
    record Unknown() implements Outcome {}

    /** Surely nothing was done. */
    record Nothing() implements Outcome {}
}
