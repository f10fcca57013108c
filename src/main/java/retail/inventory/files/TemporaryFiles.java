package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** New contents of files under names that do not count, until they are whole and durable. */
final class TemporaryFiles implements AutoCloseable {

    private final Disk disk;
    private final List<Disk.WritableFile> open = new ArrayList<>();

    TemporaryFiles(Disk disk) {
        this.disk = disk;
    }

    /** The temporary file of a file. */
    static Path of(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    /** Writes the new content of a file. */
    void write(Path file, ByteBuffer content) throws IOException {
        disk.delete(of(file));
        Disk.WritableFile out = disk.openForWrite(of(file));
        open.add(out);
        out.append(content);
    }

    /** Makes all of them durable. */
    void force() throws IOException {
        for (Disk.WritableFile out : open) {
            out.force();
        }
    }

    @Override
    public void close() throws IOException {
        IOException failed = null;
        for (Disk.WritableFile out : open) {
            try {
                out.close();
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
