package retail.inventory.table;

import org.jspecify.annotations.Nullable;

/** The fate of a change that is in the table but perhaps not on the disk yet. */
public interface Commit {

    /**
     * How often a caller looks at a row whose latest change is taken back each time before it is turned away. Each time
     * another failed or was first, so this is far beyond bad luck; without a limit such a caller would never be answered.
     */
    int TRIES_MAX = 1_000;

    /**
     * Waits until the change is durable or taken back.
     *
     * @return true when it is durable, false when the table no longer holds it
     * @throws CommitTimeoutException when neither is known in time
     */
    boolean await();

    /** Whether a change will stay. One that is durable stays behind when a later change of its row is taken back. */
    static boolean isSure(@Nullable Commit commit) {
        return commit == null || commit.isKnownDurable();
    }

    /** Whether it is known by now that the change is durable; does not wait. */
    default boolean isKnownDurable() {
        return false;
    }
}
