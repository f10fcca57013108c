package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A disk with one file that counts each kind of call, and fails those of one kind so many times. For one thread. */
final class CountedDisk implements Disk {
    private final SimDisk disk = new SimDisk();
    private final Map<String, Integer> calls = new TreeMap<>();
    private String kind = "";
    private int left;
    private final IOException failure = new IOException("Input/output error");

    CountedDisk(Path file, String text) {
        disk.put(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    void fail(String what, int times) {
        kind = what;
        left = times;
    }

    IOException failure() {
        return failure;
    }

    int calls(String what) {
        return calls.getOrDefault(what, 0);
    }

    private void call(String what) throws IOException {
        calls.merge(what, 1, Integer::sum);
        if (what.equals(kind) && left > 0) {
            left--;
            throw failure;
        }
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        call("OPEN");
        ReadableFile opened = disk.openForRead(file);
        return new ReadableFile() {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                call("READ");
                return opened.read(into, position);
            }

            @Override
            public long size() throws IOException {
                call("SIZE");
                return opened.size();
            }

            @Override
            public void close() throws IOException {
                call("CLOSE");
                opened.close();
            }
        };
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        call("LIST");
        return disk.list(directory);
    }

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        call("openForWrite");
        return new ObservedFile(disk.openForWrite(file), call -> call(call.toString()));
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        call("openForWrite");
        return new ObservedFile(disk.openForWrite(file, end), call -> call(call.toString()));
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        call("createDirectories");
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call("rename");
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete");
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        call("syncDirectory");
        disk.syncDirectory(directory);
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) throws IOException {
        call("tryLock");
        return disk.tryLock(file, note);
    }
}
