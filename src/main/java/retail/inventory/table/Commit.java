package retail.inventory.table;

/** The fate of a change that is in the table but perhaps not on the disk yet. */
public interface Commit {

    /**
     * Waits until the change is durable or taken back.
     *
     * @return true when it is durable, false when the table no longer holds it
     * @throws CommitTimeoutException when neither is known in time
     */
    boolean await();

    /** The table no longer holds the change, nor those it was built on that are still open; called under the row's lock. */
    default void overruled() {}
}
