package retail.inventory.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the lock files under the data directory's path are still those that this process opened. A lock belongs to a
 * file, not to a name: when the directory is deleted or moved, another process may lock a new file of the same name, and both
 * would believe that the directory is theirs.
 *
 * <p>Safe for use by several threads.
 */
public final class DirectoryWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

    private final Identity identity;
    private final Map<Path, Object> opened = new ConcurrentHashMap<>();
    private volatile String problem = "";

    /** Tells files apart, whatever they are called. */
    @FunctionalInterface
    interface Identity {

        /**
         * What a file has for itself as long as somebody has it open (its device and inode); null when the file system has
         * no such thing.
         */
        @Nullable
        Object of(Path file) throws IOException;
    }

    /** A watch that knows no file yet. */
    public DirectoryWatch() {
        this(file -> Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    DirectoryWatch(Identity identity) {
        this.identity = identity;
    }

    /** Remembers a file that this process has just opened, and keeps open. */
    public void opened(Path file) throws IOException {
        Object key = identity.of(file);
        if (key != null) {
            opened.put(file, key);
        }
    }

    /** Why the directory is not this process's any more; empty when it is, as far as was seen. */
    public String problem() {
        return problem;
    }

    /** Looks at all files. One that cannot be looked at says nothing. */
    void look() {
        String found = "";
        for (Map.Entry<Path, Object> file : opened.entrySet()) {
            if (!isSame(file.getKey(), file.getValue())) {
                found = file.getKey()
                        + " is no longer the file that this process has locked: the data directory was deleted,"
                        + " moved or replaced. Nothing more is written; stop this process, and look which data is in use";
            }
        }
        if (!found.equals(problem)) {
            problem = found;
            if (found.isEmpty()) {
                LOG.info("The data directory is there again: it is written as before");
            } else {
                LOG.error("Read-only: {}", found);
            }
        }
    }

    private boolean isSame(Path file, Object key) {
        try {
            return key.equals(identity.of(file));
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unknown) {
            return problem.isEmpty();
        }
    }

    /**
     * Looks first.
     *
     * @throws IOException when the directory is not this process's any more
     */
    void requireOurs() throws IOException {
        look();
        requireSeenAsOurs();
    }

    /**
     * The same by what was seen last, for what is done all the time.
     *
     * @throws IOException when the directory was not this process's any more
     */
    void requireSeenAsOurs() throws IOException {
        String why = problem;
        if (!why.isEmpty()) {
            throw new IOException(why);
        }
    }
}
