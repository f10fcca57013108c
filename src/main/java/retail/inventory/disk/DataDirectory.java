package retail.inventory.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The directory that holds everything this service knows, owned by one process: an operating system lock on
 * {@code .lock} keeps a second one out until this one is closed or dead.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final Disk.HeldLock lock;

    private DataDirectory(Path root, Disk.HeldLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Creates the directory when absent, tries that it can be written, and locks it.
     *
     * @throws DataDirectoryException when it cannot be written, is in use, or cannot keep names apart by case
     */
    public static DataDirectory open(Disk disk, Path configured) {
        Path root = configured.toAbsolutePath().normalize();
        try {
            disk.createDirectories(root);
            Disk.HeldLock lock = disk.tryLock(root.resolve(".lock"), "held by process " + currentPid())
                    .orElseThrow(() -> inUse(disk, root));
            try {
                requireCaseSensitiveNames(disk, root);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
            return new DataDirectory(root, lock);
        } catch (IOException e) {
            throw new DataDirectoryException("The data directory " + root + " cannot be written (" + describe(e)
                    + "): give this user write access to it, or set DATA_DIR to another directory.");
        }
    }

    /** The absolute path of a file or directory in it. */
    public Path resolve(String name) {
        return root.resolve(name);
    }

    /** Its absolute path. */
    public Path path() {
        return root;
    }

    /** Lets another process in. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static DataDirectoryException inUse(Disk disk, Path root) {
        String holder;
        try {
            holder = new String(disk.read(root.resolve(".lock")), StandardCharsets.UTF_8);
        } catch (IOException unknown) {
            holder = "holder unknown";
        }
        return new DataDirectoryException("The data directory " + root + " is in use by another process (" + holder
                + "): stop that one, or set DATA_DIR to another directory.");
    }

    /** Inventory files are named after their store, and "Store1" and "STORE1" are two stores. */
    private static void requireCaseSensitiveNames(Disk disk, Path root) throws IOException {
        Path probe = root.resolve(".case-probe");
        try (Disk.WritableFile file = disk.openForWrite(probe)) {
            file.overwrite(ByteBuffer.wrap(new byte[] {1}));
        }
        try (Disk.ReadableFile same = disk.openForRead(root.resolve(".CASE-PROBE"))) {
            throw new DataDirectoryException("The file system of the data directory " + root
                    + " does not tell upper from lower case (" + same.size()
                    + " byte read back under another name), so two stores could share a file: set DATA_DIR to a"
                    + " directory on a case-sensitive file system.");
        } catch (IOException absentAsItShouldBe) {
            disk.delete(probe);
        }
    }

    private static long currentPid() {
        return ProcessHandle.current().pid();
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
