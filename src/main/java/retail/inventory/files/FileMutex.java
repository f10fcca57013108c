package retail.inventory.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mutex that is the operating system's lock on an empty file. The file must be used for nothing else: closing any other
 * channel of it in this process would let others in (POSIX, {@code fcntl}: locks belong to the process).
 */
public final class FileMutex implements ProcessMutex {

    private static final long REFUSED_PAUSE_NANOS = 500_000;

    /** The operating system knows processes only; threads queue here first, the one that waits longest goes next. */
    private final ReentrantLock threads = new ReentrantLock(true);

    private final FileChannel channel;

    /** A mutex on a file, created when absent, its directory when absent too. */
    public FileMutex(Disk disk, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            disk.createDirectories(directory);
        }
        this.channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public <T extends @Nullable Object> T inside(Work<T> work) throws IOException {
        threads.lock();
        try (FileLock _ = lock()) {
            return work.run();
        } finally {
            threads.unlock();
        }
    }

    /**
     * Linux refuses to wait ({@code EDEADLK}) when this process has another lock that the holder of this one waits for. It
     * takes the threads of a process for one: there is no deadlock, for who is inside never waits for another mutex. So the
     * waiting goes on here. Trying without waiting is never refused so; when that fails, something is wrong indeed.
     */
    private FileLock lock() throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (IOException refusedToWait) {
                FileLock lock = tryLock(refusedToWait);
                if (lock != null) {
                    return lock;
                }
                LockSupport.parkNanos(REFUSED_PAUSE_NANOS);
            }
        }
    }

    private @Nullable FileLock tryLock(IOException refusedToWait) throws IOException {
        try {
            return channel.tryLock();
        } catch (IOException e) {
            e.addSuppressed(refusedToWait);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
