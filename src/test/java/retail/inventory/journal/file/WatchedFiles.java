package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import retail.inventory.files.Disk;
import retail.inventory.files.ObservedFile;
import retail.inventory.files.SimDisk;

/** A simulated disk that knows how many files are open, and how much has been read. */
final class WatchedFiles implements Disk {

    private final SimDisk disk;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();

    WatchedFiles(SimDisk disk) {
        this.disk = disk;
    }

    int open() {
        return open.get();
    }

    /** Bytes read since this was last asked. */
    long bytesRead() {
        return bytesRead.getAndSet(0);
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        ReadableFile opened = disk.openForRead(file);
        open.incrementAndGet();
        return new ReadableFile() {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                int read = opened.read(into, position);
                bytesRead.addAndGet(Math.max(0, read));
                return read;
            }

            @Override
            public long size() throws IOException {
                return opened.size();
            }

            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                opened.close();
            }
        };
    }

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        return watched(disk.openForWrite(file));
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        return watched(disk.openForWrite(file, end));
    }

    private WritableFile watched(WritableFile opened) {
        open.incrementAndGet();
        return new ObservedFile(opened, call -> {
            if (call == ObservedFile.Call.CLOSE) {
                open.decrementAndGet();
            }
        });
    }

    @Override
    public List<String> list(Path directory) {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) {
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
    public Optional<HeldLock> tryLock(Path file, String note) {
        return disk.tryLock(file, note);
    }
}
