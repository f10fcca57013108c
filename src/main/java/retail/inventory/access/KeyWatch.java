package retail.inventory.access;

import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Keys} as their file is. A file that is gone, empty or damaged changes nothing, and is a {@link #problem}: else
 * who can damage a file could let in whoever was shut out, or everybody.
 *
 * <p>It reads the whole file each time, and compares it with what it read last: thousands of keys are a megabyte, and neither
 * a time nor a size tells of a file that another one took the place of.
 */
public final class KeyWatch {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

    private final KeyFile file;
    private final Keys keys;
    private final boolean grows;
    private final Runnable whenChanged;
    private byte[] taken = new byte[0];
    private byte[] seen = new byte[0];
    private volatile String problem = "";

    /**
     * Looks at nothing yet.
     *
     * @param grows whether lines are only ever added to the file: then one that has lost its last lines is damaged
     * @param whenChanged is told when other keys were read than those that were there at first
     */
    KeyWatch(KeyFile file, Keys keys, boolean grows, Runnable whenChanged) {
        this.file = file;
        this.keys = keys;
        this.grows = grows;
        this.whenChanged = whenChanged;
    }

    /**
     * Looks for the first time.
     *
     * @return whether there is such a file
     * @throws KeyFileDamagedException when it is there and not whole
     */
    public boolean open() throws IOException {
        byte[] bytes = file.bytes();
        if (bytes == null) {
            return false;
        }
        KeyFileContent content = read(bytes);
        if (content.torn() > 0) {
            warnOfTorn(content);
        }
        take(bytes, content);
        return true;
    }

    /** Looks again; by one thread at a time. */
    public void look() {
        try {
            byte[] bytes = file.bytes();
            if (bytes == null) {
                if (taken.length > 0) {
                    tell("The file of keys " + file.path() + " is gone");
                }
            } else if (!problem.isEmpty() || !Arrays.equals(bytes, seen)) {
                boolean settled = Arrays.equals(bytes, seen);
                seen = bytes;
                KeyFileContent content = read(bytes);
                if (content.torn() > 0 && settled) {
                    warnOfTorn(content);
                }
                boolean changed = !Arrays.equals(bytes, 0, content.end(), taken, 0, taken.length);
                take(bytes, content);
                if (changed) {
                    whenChanged.run();
                }
            }
        } catch (IOException e) {
            tell(
                    e instanceof KeyFileDamagedException
                            ? String.valueOf(e.getMessage())
                            : file.path() + " cannot be read: " + e);
        }
    }

    private KeyFileContent read(byte[] bytes) throws KeyFileDamagedException {
        KeyFileContent content = KeyFileContent.read(file.path(), bytes);
        if (content.records().isEmpty()) {
            throw new KeyFileDamagedException("There is no key in " + file.path() + ", which is there all the same");
        }
        if (grows && content.end() < taken.length && Arrays.equals(bytes, 0, content.end(), taken, 0, content.end())) {
            throw new KeyFileDamagedException(file.path() + " has lost its last lines");
        }
        return content;
    }

    private void take(byte[] bytes, KeyFileContent content) {
        seen = bytes;
        taken = Arrays.copyOf(bytes, content.end());
        keys.take(content.records());
        if (!problem.isEmpty()) {
            problem = "";
            LOG.info("The file of keys {} is whole again", file.path());
        }
    }

    private void warnOfTorn(KeyFileContent content) {
        LOG.warn(
                "The last line of {} is not whole ({} bytes) and does not count: whoever was writing it was told nothing",
                file.path(),
                content.torn());
    }

    private void tell(String sentence) {
        String told = sentence + ". The keys read from it before go on as they were: put it right, or make it anew with"
                + " bin/key.";
        if (!told.equals(problem)) {
            problem = told;
            LOG.error("{}", told);
        }
    }

    /** Why the keys may not be as their file says, in a sentence; empty when they are. */
    public String problem() {
        return problem;
    }
}
