package retail.inventory.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds the first operation of a kind until it is released. */
public final class StuckDisk implements DiskHook {
    private final Operation kind;
    private final CountDownLatch reached = new CountDownLatch(1);
    /** Lets it go on. */
    public final CountDownLatch release = new CountDownLatch(1);
    /** How many operations of the kind have begun. */
    public final AtomicInteger calls = new AtomicInteger();

    /** Holds the first operation of this kind. */
    public StuckDisk(Operation kind) {
        this.kind = kind;
    }

    @Override
    public void before(Operation operation, Path file) throws IOException {
        if (operation == kind && calls.incrementAndGet() == 1) {
            reached.countDown();
            try {
                if (!release.await(1, TimeUnit.MINUTES)) {
                    throw new IOException("nobody released it");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Waits until the operation is held. */
    public void awaitReached() throws InterruptedException {
        if (!reached.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("there was no " + kind);
        }
    }
}
