package retail.inventory.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/**
 * The files of the trail, one for each day in UTC: {@code access/trail-2026-12-01.jsonl} in the data directory. Whoever adds to
 * them has the lock beside them.
 */
final class TrailFiles {

    private static final String DIRECTORY = "access";
    private static final Pattern NAME = Pattern.compile("trail-\\d{4}-\\d{2}-\\d{2}\\.jsonl");
    private static final int TAIL_BYTES = 16 << 10;

    private final Disk disk;
    private final Path directory;

    TrailFiles(Disk disk, Path data) {
        this.disk = disk;
        this.directory = data.resolve(DIRECTORY);
    }

    /**
     * Where the trail ends.
     *
     * @param file the latest one; null when there is none
     * @param end of its last whole line, in bytes
     * @param torn how many bytes there are behind it: a line that is being written, or that a crash or a full disk tore
     * @param head the hash of the last line, wherever it is
     */
    record Tail(@Nullable String file, long end, long torn, String head) {}

    Path directory() {
        return directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The one of a day. */
    static String name(Instant at) {
        return "trail-" + day(at) + ".jsonl";
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** In order: their names have it. */
    List<String> names() throws IOException {
        return disk.list(directory).stream()
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    byte[] read(String name) throws IOException {
        return disk.read(path(name));
    }

    /** What is there now. A file that a crash left empty goes on, and what it continues is in one before. */
    Tail tail() throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            return new Tail(null, 0, 0, TrailLine.NOTHING);
        }
        Tail last = tail(names.getLast());
        for (int i = names.size() - 2; i >= 0 && last.end() == 0; i--) {
            Tail before = tail(names.get(i));
            if (before.end() > 0) {
                return new Tail(last.file(), last.end(), last.torn(), before.head());
            }
        }
        return last;
    }

    private Tail tail(String name) throws IOException {
        try (Disk.ReadableFile in = disk.openForRead(path(name))) {
            long size = in.size();
            for (long bytes = TAIL_BYTES; ; bytes *= 2) {
                int read = Math.toIntExact(Math.min(bytes, size));
                ByteBuffer buffer = ByteBuffer.allocate(read);
                while (buffer.hasRemaining() && in.read(buffer, size - read + buffer.position()) > 0) {}
                byte[] last = buffer.array();
                int end = lineEnd(last, buffer.position());
                int start = end < 0 ? -1 : lineEnd(last, end) + 1;
                if (start > 0 || read == size) { // the line is whole in what was read
                    return end < 0
                            ? new Tail(name, 0, size, TrailLine.NOTHING)
                            : new Tail(
                                    name,
                                    size - read + end + 1,
                                    (long) read - end - 1,
                                    TrailLine.hash(last, start, end - start));
                }
            }
        }
    }

    /** The last one before an index; −1 when there is none. */
    private static int lineEnd(byte[] bytes, int before) {
        int at = before - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    /** Cuts a file off. */
    void cut(String name, long end) throws IOException {
        try (Disk.WritableFile out = disk.openForWrite(path(name), end)) {
            out.trim();
            out.force();
        }
    }

    /**
     * Adds a line, durable when this returns. Its end is written when the rest is durable: so a line that has one and is not
     * whole was not torn but damaged later.
     */
    void add(String name, byte[] line) throws IOException {
        try (Disk.WritableFile out = disk.openForWrite(path(name))) {
            out.append(ByteBuffer.wrap(line));
            out.force();
            out.append(ByteBuffer.wrap(new byte[] {'\n'}));
            out.force();
        }
        disk.syncDirectory(directory);
    }

    /** Deletes those of days before one. */
    void deleteBefore(LocalDate day) throws IOException {
        String first = "trail-" + day;
        for (String name : names()) {
            if (name.compareTo(first) < 0) {
                disk.delete(path(name));
            }
        }
    }
}
