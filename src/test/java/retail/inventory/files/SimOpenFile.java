package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of a {@link SimDisk} that is open, for writing or reading. */
final class SimOpenFile implements Disk.WritableFile, Disk.ReadableFile {

    private final SimDisk disk;
    private final Path path;
    private final SimFile file;
    private int end;

    SimOpenFile(SimDisk disk, Path path, SimFile file, int end) {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.end = end;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        write(end, bytes);
        end += length;
    }

    @Override
    public void preallocate(ByteBuffer bytes) throws IOException {
        write(end, bytes);
    }

    @Override
    public void trim() throws IOException {
        disk.before(DiskHook.Operation.WRITE, path);
        synchronized (disk) {
            disk.requireAlive();
            file.cut(end);
        }
    }

    @Override
    public void overwrite(ByteBuffer bytes) throws IOException {
        write(0, bytes);
    }

    private void write(int position, ByteBuffer from) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        try {
            disk.before(DiskHook.Operation.WRITE, path);
        } catch (IOException e) {
            write(position, Arrays.copyOf(bytes, bytes.length / 2));
            throw e;
        }
        write(position, bytes);
    }

    private void write(int position, byte[] bytes) throws IOException {
        synchronized (disk) {
            disk.requireAlive();
            file.write(position, bytes);
        }
    }

    @Override
    public void force() throws IOException {
        boolean forced = false;
        try {
            disk.before(DiskHook.Operation.FORCE, path);
            forced = true;
        } finally {
            synchronized (disk) {
                if (!forced) {
                    file.forceFailed();
                }
            }
        }
        synchronized (disk) {
            disk.requireAlive();
            file.force();
        }
    }

    @Override
    public int read(ByteBuffer into, long position) {
        synchronized (disk) {
            int left = Math.min(into.remaining(), file.content().length - (int) position);
            if (left <= 0) {
                return -1;
            }
            into.put(file.content(), (int) position, left);
            return left;
        }
    }

    @Override
    public long size() {
        synchronized (disk) {
            return file.content().length;
        }
    }

    @Override
    public void close() {}
}
