package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk that is written only while the data directory is this process's own; what is there can be read in any case. */
final class FencedDisk implements Disk {

    private final Disk disk;
    private final DirectoryWatch watch;

    FencedDisk(Disk disk, DirectoryWatch watch) {
        this.disk = disk;
        this.watch = watch;
    }

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        watch.requireOurs();
        return new Fenced(disk.openForWrite(file));
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        watch.requireOurs();
        return new Fenced(disk.openForWrite(file, end));
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        return disk.openForRead(file);
    }

    @Override
    public ReadableFile openForLooking(Path file, int bytes) throws IOException {
        return disk.openForLooking(file, bytes);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        watch.requireOurs();
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        watch.requireOurs();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        watch.requireOurs();
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) throws IOException {
        watch.requireOurs();
        return disk.tryLock(file, note);
    }

    /** Appended to with every batch of changes: what the watch saw within the last second has to do. */
    private final class Fenced implements WritableFile {

        private final WritableFile file;

        private Fenced(WritableFile file) {
            this.file = file;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            watch.requireSeenAsOurs();
            file.append(bytes);
        }

        @Override
        public void preallocate(ByteBuffer bytes) throws IOException {
            watch.requireSeenAsOurs();
            file.preallocate(bytes);
        }

        @Override
        public void trim() throws IOException {
            watch.requireSeenAsOurs();
            file.trim();
        }

        @Override
        public void overwrite(ByteBuffer bytes) throws IOException {
            watch.requireSeenAsOurs();
            file.overwrite(bytes);
        }

        @Override
        public void force() throws IOException {
            file.force();
            watch.requireSeenAsOurs();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
