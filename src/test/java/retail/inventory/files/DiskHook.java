package retail.inventory.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Called before every operation, outside all locks. */
@FunctionalInterface
public interface DiskHook {

    /** Lets everything happen. */
    DiskHook NONE = (operation, file) -> {};

    /**
     * Lets the operation happen, or makes it fail: a failed write has written half of its bytes, a failed force
     * leaves bytes that count as clean and are not on the medium, anything else has done nothing.
     */
    void before(Operation operation, Path file) throws IOException;

    /** Makes the n-th operation of a kind from now on fail, once. */
    static DiskHook failing(Operation kind, int nth) {
        AtomicInteger left = new AtomicInteger(nth);
        return (operation, file) -> {
            if (operation == kind && left.decrementAndGet() == 0) {
                throw new IOException("injected: " + operation + " " + file.getFileName());
            }
        };
    }

    /** Makes the n-th operation of any kind from now on fail, and all after it when the power is gone. */
    static DiskHook failingAt(int nth, boolean forGood) {
        AtomicInteger left = new AtomicInteger(nth);
        return (operation, file) -> {
            int now = left.decrementAndGet();
            if (now == 0 || (forGood && now < 0)) {
                throw new IOException("injected: " + operation + " " + file.getFileName());
            }
        };
    }

    /** What can be counted and made to fail. */
    enum Operation {
        /** Opening for reading or writing. */
        OPEN,
        /** Appending or overwriting. */
        WRITE,
        /** Making a file durable. */
        FORCE,
        /** Renaming. */
        RENAME,
        /** Deleting. */
        DELETE,
        /** Making names durable. */
        SYNC
    }
}
