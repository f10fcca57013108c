package retail.inventory.service;

/** A request's place among those that are worked on at once. Who only waits for the disk passes it on to the next. */
public interface Turn {

    /** For callers whose number is not limited. */
    Turn UNLIMITED = () -> {};

    /** The rest of the current request is waiting; passing it on again does nothing. */
    void pass();
}
