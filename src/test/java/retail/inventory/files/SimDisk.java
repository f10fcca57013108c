package retail.inventory.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A disk in memory that keeps apart what readers see and what the medium has, bytes and names alike. {@link #crash}
 * gives the disk after a power cut, {@link #kill} the one after the process died; the disk they are called on is dead
 * then, so a thread that survives the simulated crash can do no harm. All chance comes from the given random.
 *
 * <p>Directories exist when they are asked for. Safe for use by several threads.
 */
public final class SimDisk implements Disk {

    private final SimNames names;
    private DiskHook hook = DiskHook.NONE;
    private long operations;
    private boolean dead;

    /** An empty disk. */
    public SimDisk() {
        this(new SimNames());
    }

    private SimDisk(SimNames names) {
        this.names = names;
    }

    /** Puts a hook in place of the one before. */
    public synchronized void hook(DiskHook next) {
        hook = next;
    }

    /** How many operations there have been. */
    public synchronized long operations() {
        return operations;
    }

    /** Puts a durable file there. */
    public synchronized void put(Path path, byte[] content) {
        names.put(path, SimFile.durable(content));
    }

    /** Takes a file away for good. */
    public synchronized void remove(Path path) {
        names.remove(path);
    }

    /** A disk of its own with everything readers see, all of it durable. */
    public synchronized SimDisk copy() {
        return new SimDisk(names.asIfDurable());
    }

    /** The power fails: of what is not durable, some is left and some is not. */
    public synchronized SimDisk crash(Random random) {
        dead = true;
        return new SimDisk(names.afterPowerCut(random));
    }

    /** The process dies and the system lives on: everything is there, and durable as far as it was. */
    public synchronized SimDisk kill() {
        dead = true;
        return new SimDisk(names.copy());
    }

    @Override
    public WritableFile openForWrite(Path path) throws IOException {
        before(DiskHook.Operation.OPEN, path);
        synchronized (this) {
            requireAlive();
            SimFile file = names.get(path);
            if (file == null) {
                file = new SimFile();
                names.create(path, file);
            }
            return new SimOpenFile(this, path, file, file.content().length);
        }
    }

    @Override
    public WritableFile openForWrite(Path path, long end) throws IOException {
        before(DiskHook.Operation.OPEN, path);
        synchronized (this) {
            return new SimOpenFile(this, path, existing(path), Math.toIntExact(end));
        }
    }

    @Override
    public ReadableFile openForRead(Path path) throws IOException {
        before(DiskHook.Operation.OPEN, path);
        synchronized (this) {
            return new SimOpenFile(this, path, existing(path), 0);
        }
    }

    @Override
    public synchronized List<String> list(Path directory) {
        return names.in(directory);
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public void rename(Path from, Path to) throws IOException {
        before(DiskHook.Operation.RENAME, to);
        synchronized (this) {
            requireAlive();
            names.move(from, to, existing(from));
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        before(DiskHook.Operation.DELETE, path);
        synchronized (this) {
            requireAlive();
            names.delete(path);
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        before(DiskHook.Operation.SYNC, directory);
        synchronized (this) {
            requireAlive();
            names.sync(directory);
        }
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) {
        return Optional.of(() -> {});
    }

    private SimFile existing(Path path) throws NoSuchFileException {
        SimFile file = names.get(path);
        if (file == null) {
            throw new NoSuchFileException(path.toString());
        }
        return file;
    }

    void before(DiskHook.Operation operation, Path file) throws IOException {
        DiskHook now;
        synchronized (this) {
            requireAlive();
            operations++;
            now = hook;
        }
        now.before(operation, file);
    }

    void requireAlive() throws IOException {
        if (dead) {
            throw new IOException("this process is dead");
        }
    }
}
