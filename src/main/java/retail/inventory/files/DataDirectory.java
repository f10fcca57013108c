package retail.inventory.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import retail.inventory.background.PacedLoop;

/**
 * The directory that holds everything this service knows. Operating system locks on files in it keep a second process
 * with the same part out until this one is closed or dead.
 */
public final class DataDirectory implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 1000;

    private final Disk disk;
    private final Path root;
    private final boolean shared;
    private final DirectoryWatch watch;
    private final PacedLoop watching;
    private final List<Disk.HeldLock> locks = new ArrayList<>();

    private DataDirectory(Disk disk, Path root, boolean shared, DirectoryWatch watch) {
        this.disk = disk;
        this.root = root;
        this.shared = shared;
        this.watch = watch;
        this.watching = new PacedLoop(
                Thread.ofPlatform().daemon().name("data-directory").factory(), LOOK_EVERY_MS, watch::look, () -> {});
    }

    /**
     * Creates the directory when absent, and locks it; a directory without room for another byte will do.
     *
     * @param locks the names of the lock files of the parts this process has for itself
     * @param shared whether other processes with the same parts may be at work in it
     * @throws DataDirectoryException when it cannot be created, its lock files cannot be opened for writing, or it is in use
     */
    public static DataDirectory open(Disk disk, Path configured, List<String> locks, boolean shared) {
        return open(disk, configured, locks, shared, new DirectoryWatch());
    }

    /** The same, with a watch that a disk asks before it writes. */
    static DataDirectory open(Disk disk, Path configured, List<String> locks, boolean shared, DirectoryWatch watch) {
        Path root = configured.toAbsolutePath().normalize();
        DataDirectory opened = new DataDirectory(disk, root, shared, watch);
        try {
            disk.createDirectories(root);
            try {
                for (String lock : locks) {
                    opened.locks.add(disk.tryLock(root.resolve(lock), "held by process " + currentPid())
                            .orElseThrow(() -> inUse(disk, root, lock)));
                    watch.opened(root.resolve(lock));
                }
                opened.watching.start();
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

    /** Looks from now on whether a file that this process has opened to lock it is still the one of that name. */
    public void watch(Path lockFile) throws IOException {
        watch.opened(lockFile);
    }

    /**
     * Why it is not this process's any more, and is not written; empty when it is, as far as was seen within the last
     * second.
     */
    public String problem() {
        return watch.problem();
    }

    /** Lets another process in. */
    @Override
    public void close() throws IOException {
        watching.close();
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
        return new DataDirectoryException("The data directory " + root + " cannot be written (" + describe(e) + "): "
                + (DiskTrouble.isNoRoom(e)
                        ? "no block or no inode is free for its first files. See df -h and df -i, make room"
                        : "give this user write access to it")
                + ", or set DATA_DIR to another directory.");
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

    private static long currentPid() {
        return ProcessHandle.current().pid();
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
