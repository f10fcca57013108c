package retail.inventory.journal.file;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import retail.inventory.files.DiskHook;

/** Counts how often a follower has looked at the log's mark. */
final class Looks implements DiskHook {

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void before(Operation operation, Path file) {
        if (operation == Operation.OPEN && file.equals(LogOnDisk.MARK)) {
            count.incrementAndGet();
        }
    }

    /** Waits for two whole looks from now on. */
    void awaitTwo() {
        int now = count.get();
        await().until(() -> count.get() > now + 2);
    }
}
