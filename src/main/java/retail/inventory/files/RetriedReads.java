package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import retail.inventory.background.Retries;

/**
 * A disk on which reading is tried again when it fails. Nothing else is: whether a write may be repeated, only who writes
 * knows.
 */
public final class RetriedReads implements Disk {

    private final Disk disk;
    private final Retries patience;

    public RetriedReads(Disk disk, Retries patience) {
        this.disk = disk;
        this.patience = patience;
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        ReadableFile opened = patience.with(() -> disk.openForRead(file));
        return new ReadableFile() {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return patience.with(() -> opened.read(into, position));
            }

            @Override
            public long size() throws IOException {
                return patience.with(opened::size);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    }

    /** Whoever looks all the time looks again by itself. */
    @Override
    public ReadableFile openForLooking(Path file, int bytes) throws IOException {
        return patience.with(() -> disk.openForLooking(file, bytes));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return patience.with(() -> disk.list(directory));
    }

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        return disk.openForWrite(file);
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        return disk.openForWrite(file, end);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) throws IOException {
        return disk.tryLock(file, note);
    }
}
