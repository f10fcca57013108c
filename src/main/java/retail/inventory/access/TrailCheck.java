package retail.inventory.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/** Goes through a whole trail, from the first line that is kept: old files are deleted. */
public final class TrailCheck {

    private final TrailFiles files;
    private final @Nullable String wanted;
    private long lines;
    private boolean whole = true;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private String head = TrailLine.NOTHING;
    private int torn;
    private boolean known;

    private TrailCheck(TrailFiles files, @Nullable String wanted) {
        this.files = files;
        this.wanted = wanted;
    }

    /**
     * What was found.
     *
     * @param whole whether it begins with the very first line
     * @param first when the first line was written; null when there is none
     * @param last when the last line was written; null when there is none
     * @param head the last line's hash
     * @param torn how many bytes there are behind the last line, of one that is being written or was torn
     * @param known whether the hash that was looked for is one of a line, or of the one before the first
     */
    public record Found(
            long lines,
            boolean whole,
            @Nullable Instant first,
            @Nullable Instant last,
            String head,
            int torn,
            boolean known) {}

    /**
     * Checks that of a data directory, of a running service too.
     *
     * @param wanted the hash of a line that has to be there, for it was the last one once; null = none
     * @throws TrailDamagedException at the first line that does not fit
     */
    public static Found of(Disk disk, Path data, @Nullable String wanted) throws IOException {
        return new TrailCheck(new TrailFiles(disk, data), wanted).run();
    }

    private Found run() throws IOException {
        List<String> names = files.names();
        for (String name : names) {
            if (torn > 0) {
                throw new TrailDamagedException(
                        files.path(name) + " follows a file that ends within a line: lines are missing between them.");
            }
            check(name, files.read(name));
        }
        return new Found(lines, whole, first, last, head, torn, known);
    }

    private void check(String name, byte[] bytes) throws TrailDamagedException {
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                number++;
                check(name, number, bytes, start, i - start);
                start = i + 1;
            }
        }
        torn = bytes.length - start;
    }

    private void check(String name, int number, byte[] bytes, int start, int length) throws TrailDamagedException {
        TrailLine line;
        try {
            line = TrailLine.decode(bytes, start, length);
        } catch (IllegalArgumentException e) {
            throw damaged(name, number, "is damaged: " + e.getMessage());
        }
        if (lines == 0) {
            whole = line.prev().equals(TrailLine.NOTHING);
            first = line.at();
        } else if (!line.prev().equals(head)) {
            throw damaged(
                    name, number, "does not follow the line before it: one was changed, moved or taken away there");
        }
        // A clock that was set back goes on in the latest file; one that goes forward begins another.
        int order = TrailFiles.name(line.at()).compareTo(name);
        if (order > 0 || (number == 1 && order < 0)) {
            throw damaged(name, number, "is of " + line.at() + ", and so in the wrong file");
        }
        lines++;
        last = line.at();
        head = TrailLine.hash(bytes, start, length);
        known |= head.equals(wanted) || line.prev().equals(wanted);
    }

    private TrailDamagedException damaged(String name, int number, String what) {
        return new TrailDamagedException("Line " + number + " of " + files.path(name) + " " + what + ".");
    }
}
