package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file of lines that are added one by one. A line that a crash or a failure tore swallows neither the next one nor the
 * one before it: readers skip empty lines and those that are not whole. Lines are to be added by one thread at a time.
 */
public final class LineFile {

    private final Disk disk;
    private final Path file;

    /** A file that is created, with its directory, by the first line. */
    public LineFile(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /** Adds a line, given without its end; durable when this returns. May be repeated: it is there twice then. */
    public void add(byte[] line) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent());
        disk.createDirectories(directory);
        try (Disk.WritableFile out = disk.openForWrite(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
            if (out.size() > 0) {
                bytes.put((byte) '\n');
            }
            out.append(bytes.put(line).put((byte) '\n').flip());
            out.force();
        }
        disk.syncDirectory(directory);
    }
}
