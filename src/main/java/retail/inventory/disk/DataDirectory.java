package retail.inventory.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory that holds everything this service knows. Operating system locks on files in it keep a second process
 * with the same part out until this one is closed or dead.
 */
public final class DataDirectory implements AutoCloseable {

    private final Disk disk;
    private final Path root;
    private final boolean shared;
    private final List<Disk.HeldLock> locks = new ArrayList<>();

    private DataDirectory(Disk disk, Path root, boolean shared) {
        this.disk = disk;
        this.root = root;
        this.shared = shared;
    }

    /**
     * Creates the directory when absent, tries that it can be written, and locks it.
     *
     * @param locks the names of the lock files of the parts this process has for itself
     * @param shared whether other processes with the same parts may be at work in it
     * @throws DataDirectoryException when it cannot be written, is in use, or cannot keep names apart by case
     */
    public static DataDirectory open(Disk disk, Path configured, List<String> locks, boolean shared) {
        Path root = configured.toAbsolutePath().normalize();
        DataDirectory opened = new DataDirectory(disk, root, shared);
        try {
            disk.createDirectories(root);
            try {
                for (String lock : locks) {
                    opened.locks.add(disk.tryLock(root.resolve(lock), "held by process " + currentPid())
                            .orElseThrow(() -> inUse(disk, root, lock)));
                }
                requireCaseSensitiveNames(disk, root);
            } catch (IOException | RuntimeException | Error e) {
                opened.close();
                throw e;
            }
            return opened;
        } catch (IOException e) {
            throw notWritable(root, e);
        }
    }

    /** Whether other processes with the same parts may be at work in it. */
    public boolean isShared() {
        return shared;
    }

    /**
     * A role that one process in the directory has at a time, tried for once; always held when the directory is not
     * shared.
     *
     * @throws DataDirectoryException when the directory cannot be written
     */
    public RoleLock role(String name) {
        if (!shared) {
            return RoleLock.alone(name);
        }
        try {
            return RoleLock.among(disk, root.resolve("." + name + "-lock"), name);
        } catch (IOException e) {
            throw notWritable(root, e);
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
        IOException failure = null;
        for (Disk.HeldLock lock : locks) { // all of them, also when one fails
            try {
                lock.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static DataDirectoryException notWritable(Path root, IOException e) {
        return new DataDirectoryException("The data directory " + root + " cannot be written (" + describe(e)
                + "): give this user write access to it, or set DATA_DIR to another directory.");
    }

    private static DataDirectoryException inUse(Disk disk, Path root, String lock) {
        String holder;
        try {
            String note = new String(disk.read(root.resolve(lock)), StandardCharsets.UTF_8);
            holder = note.isBlank() ? "holder unknown" : note;
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
