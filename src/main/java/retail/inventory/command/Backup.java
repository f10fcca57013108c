package retail.inventory.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.checkpoint.SavedHolds;
import retail.inventory.files.Disk;

/**
 * A copy of a data directory, of a running service too.
 *
 * <p>Each thing is copied after those that may not be ahead of it: checkpoint, inventory files, snapshots, dead letters, then {@code
 * wal/durable}, the log, the archive. A file that goes away meanwhile is in what is copied later, or nobody needs it. Of a
 * segment it takes the lines before the first empty one: what comes behind is preallocated, and the service may have written
 * into it while it was read. It leaves out {@code wal/identity}: what a service does on the copy is another history, which
 * gets an id of its own and says in the next segment's header what it continues.
 */
final class Backup {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final String CHECKPOINT = "checkpoint";
    private static final String CHECKPOINT_OF_FORMAT_1 = "~checkpoint.json";
    private static final String DURABLE = "durable";
    private static final Pattern SEQUENCE = Pattern.compile("\\{\"durable\":\"0*(\\d+)\".*", Pattern.DOTALL);

    private final Disk disk;
    private final Path data;
    private final Path target;
    private final Progress progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long copiedBytes;
    private long totalBytes;

    Backup(Disk disk, Path data, Path target, Progress progress) {
        this.disk = disk;
        this.data = data;
        this.target = target;
        this.progress = progress;
    }

    /** Makes it, durable; the sequence through which it has everything at least. */
    long run() throws IOException {
        if (!disk.list(data.resolve("wal")).contains(DURABLE)) {
            throw new RefusedException(1, "there is no log in " + data);
        }
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null
                || disk.list(parent)
                        .contains(target.toAbsolutePath()
                                .normalize()
                                .getFileName()
                                .toString())) {
            throw new RefusedException(1, target + " is there already");
        }
        try {
            return copy();
        } catch (IOException e) {
            throw new IOException("the copy in " + target + " is not whole, delete it: " + e, e);
        } finally {
            progress.clear();
        }
    }

    private long copy() throws IOException {
        List<String> directories = List.of("inventory", "central", "dead-letter", "wal", "archive");
        for (String directory : directories) {
            disk.createDirectories(target.resolve(directory));
            totalBytes += size(directory);
        }
        copyCheckpointAndHolds();
        copy("inventory", CHECKPOINT_OF_FORMAT_1);
        copyAll("inventory", name -> name.endsWith(".json") && !name.startsWith("~")); // of an earlier version
        copyRecords();
        copyAll("central", name -> name.endsWith(".json"));
        copyAll("dead-letter", name -> name.endsWith(".jsonl")); // a snapshot does not have what is there
        copy("wal", DURABLE);
        copyAll("wal", name -> name.endsWith(".jsonl"));
        copyAll("archive", name -> name.endsWith(".jsonl.gz"));
        for (String directory : directories) {
            disk.syncDirectory(target.resolve(directory));
        }
        byte[] durable = disk.read(target.resolve("wal").resolve(DURABLE));
        Matcher sequence = SEQUENCE.matcher(new String(durable, StandardCharsets.US_ASCII));
        return sequence.matches() ? Long.parseLong(sequence.group(1)) : 0;
    }

    /** A file of holds that is gone is none that the latest checkpoint lists: both are copied once more then. */
    private void copyCheckpointAndHolds() throws IOException {
        Set<String> wanted = Set.of();
        Set<String> copied = Set.of();
        Set<String> before;
        do {
            before = wanted;
            delete(copied);
            delete(Set.of(CHECKPOINT));
            copy("inventory", CHECKPOINT);
            wanted = SavedHolds.namesIn(disk, target.resolve("inventory"));
            copied = new HashSet<>();
            for (String name : wanted) {
                if (copy("inventory", name)) {
                    copied.add(name);
                }
            }
        } while (!copied.equals(wanted) && !wanted.equals(before)); // the same again: it is missing
    }

    private void delete(Set<String> names) throws IOException {
        for (String name : names) {
            disk.delete(target.resolve("inventory").resolve(name));
        }
    }

    /** Until there are no more: a file that is split off is there before the one that it shortens is replaced. */
    private void copyRecords() throws IOException {
        Set<String> copied = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (String name : disk.list(data.resolve("inventory"))) {
                if (name.startsWith("records-") && name.endsWith(".jsonl") && !copied.contains(name)) {
                    if (copy("inventory", name)) {
                        copied.add(name);
                        more = true;
                    }
                }
            }
        }
    }

    private void copyAll(String directory, Predicate<String> names) throws IOException {
        for (String name : disk.list(data.resolve(directory))) {
            if (names.test(name)) {
                copy(directory, name);
            }
        }
    }

    /** False when there is no such file, or none any more. */
    private boolean copy(String directory, String name) throws IOException {
        boolean linesOnly = directory.equals("wal") && !name.equals(DURABLE);
        try (Disk.ReadableFile from = disk.openForRead(data.resolve(directory).resolve(name));
                Disk.WritableFile to =
                        disk.openForWrite(target.resolve(directory).resolve(name))) {
            boolean lineStarts = true;
            boolean ended = false;
            for (long at = 0; !ended; at += buffer.limit()) {
                int read = from.read(buffer.clear(), at);
                buffer.flip();
                int end = buffer.limit();
                if (linesOnly) {
                    end = endOfLines(lineStarts);
                    lineStarts = buffer.limit() > 0 && buffer.get(buffer.limit() - 1) == '\n';
                }
                ended = read <= 0 || end < buffer.limit();
                to.append(buffer.duplicate().limit(end));
                copiedBytes += end;
                progress.reached(copiedBytes >> 20, totalBytes >> 20, "MiB");
            }
            to.force();
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** Where the first empty line begins in the buffer; its limit when there is none. */
    private int endOfLines(boolean lineStarts) {
        boolean starts = lineStarts;
        for (int i = 0; i < buffer.limit(); i++) {
            boolean lineEnd = buffer.get(i) == '\n';
            if (lineEnd && starts) {
                return i;
            }
            starts = lineEnd;
        }
        return buffer.limit();
    }

    private long size(String directory) throws IOException {
        long bytes = 0;
        for (String name : disk.list(data.resolve(directory))) {
            try (Disk.ReadableFile file =
                    disk.openForRead(data.resolve(directory).resolve(name))) {
                bytes += file.size();
            } catch (NoSuchFileException gone) {
                // it is not copied then
            }
        }
        return bytes;
    }
}
