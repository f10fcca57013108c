package retail.inventory.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a process is at work in a data directory, for a program that only reads there. */
public final class DirectoryUse {

    private DirectoryUse() {}

    /**
     * Tries the locks that such a process holds, for a moment, and changes nothing. A directory that this user may not write
     * counts as unused: its locks cannot be tried.
     */
    public static boolean isInUse(Path data) throws IOException {
        return isLocked(data.resolve(FilesConfiguration.LOG_LOCK))
                || isLocked(data.resolve(FilesConfiguration.CENTRAL_LOCK));
    }

    private static boolean isLocked(Path file) throws IOException {
        if (!Files.isWritable(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        }
    }
}
