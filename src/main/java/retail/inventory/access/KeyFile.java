package retail.inventory.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.files.FileMutex;

/**
 * The file of keys, {@code access/keys.jsonl} in the data directory: lines that are only ever added, by whoever has the lock
 * beside it. It has hashes only. It is in no backup, for who restores one has not been given keys by that.
 */
public final class KeyFile {

    private static final String DIRECTORY = "access";
    private static final String NAME = "keys.jsonl";
    private static final String LOCK = "keys.lock";

    private final Disk disk;
    private final Path file;

    /** The lock beside the file is the process's, and closing it once lets others in. */
    private final ReentrantLock threads = new ReentrantLock();

    /** Decides what to add, knowing what there is. */
    @FunctionalInterface
    interface Act<T> {
        /** What comes of it. */
        T on(KeyRecords records, Addition addition) throws IOException;
    }

    /** Adds a line. */
    @FunctionalInterface
    interface Addition {
        void add(KeyLine line) throws IOException;
    }

    private KeyFile(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /** The one of a data directory. */
    public static KeyFile in(Disk disk, Path data) {
        return new KeyFile(disk, data.resolve(DIRECTORY).resolve(NAME));
    }

    /** Another one, which is only read. */
    public static KeyFile at(Disk disk, Path file) {
        return new KeyFile(disk, file);
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** Its bytes; null when there is no such file. */
    byte @Nullable [] bytes() throws IOException {
        try {
            return disk.read(file);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** What it says now; nothing when there is no such file. */
    public KeyRecords read() throws IOException {
        byte[] bytes = bytes();
        return bytes == null
                ? KeyRecords.NONE
                : KeyFileContent.read(file, bytes).records();
    }

    /** Does something while nobody else adds to it; what was added is durable when this returns. */
    <T> T change(Act<T> act) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        threads.lock();
        try {
            disk.createDirectories(directory);
            return alone(directory, act);
        } finally {
            threads.unlock();
        }
    }

    private <T> T alone(Path directory, Act<T> act) throws IOException {
        try (FileMutex mutex = new FileMutex(disk, directory.resolve(LOCK))) {
            return mutex.inside(() -> {
                byte[] bytes = bytes();
                KeyFileContent content = KeyFileContent.read(file, bytes == null ? new byte[0] : bytes);
                return act.on(content.records(), line -> append(directory, content.end(), line));
            });
        }
    }

    /**
     * Behind the last whole line, in the place of one that a crash tore. Its end is written when the rest is durable: so a line
     * that has one and is not whole was not torn but damaged later.
     */
    private void append(Path directory, int end, KeyLine line) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(KeyLineCodec.encode(line));
        ByteBuffer lineEnd = ByteBuffer.wrap(new byte[] {'\n'});
        if (end == 0) { // nobody ever sees it empty
            disk.replace(
                    file,
                    ByteBuffer.allocate(text.remaining() + 1)
                            .put(text)
                            .put(lineEnd)
                            .flip());
        } else {
            try (Disk.WritableFile out = disk.openForWrite(file, end)) {
                out.trim();
                out.append(text);
                out.force();
                out.append(lineEnd);
                out.force();
            }
        }
        disk.syncDirectory(directory);
    }
}
