package retail.inventory.service;

/** A request's place among those that are worked on at once. Whoever only waits passes it on to the next. */
public interface Slot {

    /** For callers whose number is not limited. */
    Slot UNLIMITED = () -> {};

    /** The current request waits, for the disk or for another process; passing its turn on again does nothing. */
    void pass();
}
