package retail.inventory.central;

import retail.inventory.journal.Event;

/** Is told as events become visible in the central view; on a syncing thread, so it must be quick and must not throw. */
@FunctionalInterface
public interface ViewListener {

    /** Nobody. */
    ViewListener NONE = oldest -> {};

    /**
     * Some events can be seen now that could not before.
     *
     * @param oldest the one of them that was decided first
     */
    void visible(Event oldest);
}
