package retail.inventory.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Presence as the operating system's lock on an empty file: whoever is there shares it, so only who is alone can have it
 * exclusively. The file must be used for nothing else (see {@link FileMutex}).
 */
public final class FilePresence implements Presence {

    private final Path file;
    private final FileChannel channel;

    /** Presence at a file, created when absent, its directory when absent too. */
    public FilePresence(Disk disk, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            disk.createDirectories(directory);
        }
        this.file = file;
        this.channel =
                OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public boolean join() throws IOException {
        FileLock alone = channel.tryLock();
        if (alone != null) {
            alone.release();
        }
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true);
        if (shared == null) {
            throw new IOException(file + " is held by a process that shares its data with nobody");
        }
        return alone != null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
