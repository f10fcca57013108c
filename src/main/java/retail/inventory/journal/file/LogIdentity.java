package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;

/**
 * The file {@code wal/identity}: which history the log tells, as {@code {"logId":"<UUID>","crc":"…"}}. A sequence or a
 * version of one history means nothing in another one, though both count 1, 2, 3.
 *
 * <p>A log that is opened without the file begins a history of its own: a new log, one put back from {@code archive/}, a
 * copy made by {@code bin/backup}, which leaves the file out. A plain copy of the directory goes on with the old one.
 */
final class LogIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(LogIdentity.class);
    private static final Pattern CONTENT =
            Pattern.compile("\\{\"logId\":\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\",\"crc\":.*");

    /** With one of these first, a position like {@code 9.b3f0a1b2} cannot be taken for a decimal number. */
    private static final String FIRST_DIGITS = "abc";

    private LogIdentity() {}

    /** The one in a directory; null when there is none, or none that is whole. */
    static @Nullable String read(Disk disk, Path directory) throws IOException {
        try {
            byte[] content = disk.read(fileIn(directory));
            int length =
                    content.length > 0 && content[content.length - 1] == '\n' ? content.length - 1 : content.length;
            Matcher matcher = CONTENT.matcher(new String(content, 0, length, StandardCharsets.US_ASCII));
            return Checksum.damage(content, 0, length) == null && matcher.matches() ? matcher.group(1) : null;
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /**
     * The one in a directory, or a new one; durable when this returns. One process at a time.
     *
     * @return null when there is none and none can be written: better none than one that the next start does not know
     */
    static @Nullable String establish(Disk disk, Path directory) throws IOException {
        String found = read(disk, directory);
        if (found == null) {
            return begin(disk, directory);
        }
        disk.syncDirectory(directory); // it may have got its name a moment before its process was killed
        return found;
    }

    private static @Nullable String begin(Disk disk, Path directory) {
        String id = newId();
        byte[] open = ("{\"logId\":\"" + id + "\"").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[open.length + Checksum.BYTES + 1];
        System.arraycopy(open, 0, line, 0, open.length);
        line[Checksum.append(line, 0, open.length)] = '\n';
        try {
            disk.replace(fileIn(directory), ByteBuffer.wrap(line));
            disk.syncDirectory(directory);
            return id;
        } catch (IOException e) {
            LOG.warn(
                    "The log has no identity until the next start: {} cannot be written: {}",
                    fileIn(directory),
                    e.toString());
            return null;
        }
    }

    /** The next {@link #establish} begins another history. */
    static void forget(Disk disk, Path directory) throws IOException {
        disk.delete(fileIn(directory));
        disk.syncDirectory(directory);
    }

    private static String newId() {
        String id = UUID.randomUUID().toString();
        while (FIRST_DIGITS.indexOf(id.charAt(0)) < 0) {
            id = UUID.randomUUID().toString();
        }
        return id;
    }

    private static Path fileIn(Path directory) {
        return directory.resolve("identity");
    }
}
