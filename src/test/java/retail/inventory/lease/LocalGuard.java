package retail.inventory.lease;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.ProcessMutex;

/** A guard for several of {@link FileLeases} in one process, where the operating system's lock knows no difference. */
final class LocalGuard implements ProcessMutex {

    private final ReentrantLock lock = new ReentrantLock(true);

    @Override
    public <T extends @Nullable Object> T inside(Work<T> work) throws IOException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // others use it
    }
}
