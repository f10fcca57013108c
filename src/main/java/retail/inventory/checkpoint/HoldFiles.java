package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.checkpoint.InventoryFiles.Pace;
import retail.inventory.files.Disk;
import retail.inventory.stock.Hold;
import retail.inventory.table.HoldRow;
import retail.inventory.table.HoldTable;

/**
 * Writes the holds that changed behind each other into files that are never rewritten: the checkpoint says how far each one counts,
 * so what a crash leaves behind that is nothing to repair, and is written over.
 *
 * <p>The oldest file is given up first, once most lines of all files are outdated: what of it still counts is written again
 * before. So a line that says that a hold is forgotten never goes before the lines it speaks of, and the files stay about four
 * times as long as what counts in them. One is deleted when a durable checkpoint no longer lists it.
 */
final class HoldFiles {

    /** A file that has so many bytes gets no more. */
    static final int FILE_BYTES = 4 << 20;

    /** So many lines there may be for each one that counts. */
    private static final int LINES_PER_HOLD = 4;

    private static final int NONE = 0;

    private final Disk disk;
    private final Path directory;
    private final HoldTable holds;
    private final long fileBytes;

    private final HoldParts parts = new HoldParts();

    /** Ids that the files know and the table does not. */
    private final List<String> unknown = new ArrayList<>();

    private long counting;

    /**
     * Of a table that has no files yet.
     *
     * @param fileBytes a file that has so many bytes gets no more
     */
    HoldFiles(Disk disk, Path directory, HoldTable holds, long fileBytes) {
        this.disk = disk;
        this.directory = directory;
        this.holds = holds;
        this.fileBytes = fileBytes;
    }

    /**
     * Goes on behind what was found; when that does not do, all holds of the table are due.
     *
     * @param names all names in the directory
     * @param usable whether the checkpoint lists all that was found
     */
    void own(FoundHolds found, Collection<String> names, boolean usable) {
        holds.dirty().keepForgotten();
        parts.named(names);
        if (!usable) {
            holds.allDirty();
            return;
        }
        found.parts().forEach(parts::add);
        found.forEach((id, file) -> {
            HoldRow row = holds.find(id);
            if (row == null) {
                unknown.add(id);
            } else {
                isIn(row, file);
            }
        });
    }

    /** What the checkpoint is to say. */
    List<HoldExtent> extents() {
        return parts.extents();
    }

    /** Whether there is anything to write. */
    boolean isDue() {
        return !holds.dirty().isEmpty() || !unknown.isEmpty();
    }

    /** Writes the holds that changed since the last time, durable but for the names of new files. When it fails, they stay due. */
    void save(@Nullable String log, long through, Pace pace) throws IOException {
        if (parts.nameAnother(log)) {
            holds.allDirty();
        } else if (!isDue()) {
            return;
        }
        try (Pass pass = new Pass(log, through, pace)) {
            pass.write(holds.dirty().take());
            while (parts.nameAnother(log) || (parts.size() > 1 && isOutdated())) {
                pass.giveUp(parts.oldest());
            }
        }
    }

    /** Deletes what the checkpoint does not list, which is durable. */
    void deleteObsolete() throws IOException {
        parts.deleteObsolete(disk, directory);
    }

    private boolean isOutdated() {
        return parts.lines() > LINES_PER_HOLD * counting;
    }

    private void isIn(HoldRow row, int file) {
        counting += (file == NONE ? 0 : 1) - (row.savedIn() == NONE ? 0 : 1);
        row.savedIn(file);
    }

    /** What is written at a time. */
    private final class Pass implements AutoCloseable {

        private final @Nullable String log;
        private final long through;
        private final Pace pace;
        private long start;
        private final List<HoldRow> taken = new ArrayList<>();

        /** Where rows are once the file that is open is durable. */
        private final Map<HoldRow, Integer> places = new LinkedHashMap<>();

        private @Nullable HoldAppender out;
        private boolean whole = true;

        private Pass(@Nullable String log, long through, Pace pace) {
            this.log = log;
            this.through = through;
            this.pace = pace;
        }

        /** What is forgotten comes first: an id may have been given to another hold since. */
        private void write(List<HoldRow> changed) throws IOException {
            whole = false;
            taken.addAll(changed);
            Map<HoldRow, Hold> kept = new LinkedHashMap<>();
            for (String id : unknown) {
                add(HoldLines.forgotten(id));
            }
            for (HoldRow row : changed) {
                Hold hold = row.durable();
                if (hold != null) {
                    kept.put(row, hold);
                } else if (row.savedIn() != NONE) {
                    forget(row);
                }
            }
            for (Map.Entry<HoldRow, Hold> one : kept.entrySet()) {
                places.put(one.getKey(), add(HoldLines.of(one.getValue())));
            }
            finish();
            unknown.clear();
            whole = true;
        }

        private void forget(HoldRow row) throws IOException {
            HoldRow another = holds.find(row.id());
            if (another == null || another.savedIn() == NONE) {
                add(HoldLines.forgotten(row.id()));
            }
            places.put(row, NONE);
        }

        private void giveUp(HoldPart part) throws IOException {
            whole = false;
            for (HoldRow row : holds.all()) {
                Hold hold = row.savedIn() == part.number() ? row.durable() : null;
                if (hold != null) {
                    taken.add(row);
                    places.put(row, add(HoldLines.of(hold)));
                }
            }
            finish();
            parts.giveUp(part);
            whole = true;
        }

        /** The number of the file that the line goes into. */
        private int add(ByteBuffer line) throws IOException {
            HoldAppender open = out;
            if (open != null && open.size() >= fileBytes) {
                finish();
                open = null;
            }
            if (open == null) {
                start = System.nanoTime();
                open = new HoldAppender(disk, directory, parts.current(log, fileBytes), through);
                out = open;
            }
            open.add(line);
            return open.number();
        }

        private void finish() throws IOException {
            HoldAppender open = out;
            if (open == null) {
                return;
            }
            long bytes = open.finish();
            parts.add(open.part());
            places.forEach(HoldFiles.this::isIn);
            places.clear();
            out = null;
            open.close();
            pace.wrote(bytes, System.nanoTime() - start);
        }

        @Override
        public void close() throws IOException {
            if (!whole) {
                taken.forEach(HoldRow::captureFailed);
            }
            if (out != null) {
                out.close();
            }
        }
    }
}
