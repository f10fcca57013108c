package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.checkpoint.FileRanges.Part;
import retail.inventory.checkpoint.InventoryFiles.Pace;
import retail.inventory.files.Disk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.LiveRecords;
import retail.inventory.table.RangeKey;
import retail.inventory.table.SkuRow;

/**
 * Writes the inventory files that are due, some together: contents, then what makes them durable, then names.
 *
 * <p>A file that has become too long is split: new files for what is behind its first records, their names durable before
 * the file that they shorten is replaced. At every moment each file has all records of its range, and a crash finds a record
 * twice, never none.
 */
final class RangeWriter {

    /** So many files are forced together: two or three megabytes. */
    private static final int TOGETHER = 16;

    private final Disk disk;
    private final Path directory;
    private final InventoryTable table;
    private final int recordsPerFile;
    private final FileRanges ranges;

    private @Nullable String logId;

    /** Whether there are new files whose names may not be durable, be it since a pass that failed. */
    private boolean namesAreDue;

    /** Files from which others were split off, until they are shortened: be it by a later pass, as this one may fail. */
    private final Set<Part> tooLong = new LinkedHashSet<>();

    /**
     * A writer of files.
     *
     * @param recordsPerFile a file is split when it has more than twice as many
     */
    RangeWriter(Disk disk, Path directory, InventoryTable table, int recordsPerFile, FileRanges ranges) {
        this.disk = disk;
        this.directory = directory;
        this.table = table;
        this.recordsPerFile = recordsPerFile;
        this.ranges = ranges;
    }

    /** A file and what it is to have. */
    private record Due(Part part, List<InventoryRecord> records) {}

    /** How many records the files have. */
    long records() {
        return ranges.records();
    }

    /** Writes the files of rows that changed; how many that were. Their names are durable after {@link #syncNames}. */
    int save(List<SkuRow> changed, @Nullable String log, long through, Pace pace) throws IOException {
        logId = log;
        Set<Part> due = new LinkedHashSet<>(tooLong);
        for (SkuRow row : changed) {
            if (row.isEmpty()) { // its first change was taken back: no file is made for it
                row.forgetIfEmpty();
                continue;
            }
            due.add(ranges.partOf(row.storeId(), row.sku()));
        }
        int written = 0;
        List<Due> together = new ArrayList<>();
        for (Part part : due) {
            List<InventoryRecord> records = LiveRecords.durable(table.range(part.from(), ranges.endOf(part)));
            int kept = records.size() > 2 * recordsPerFile ? recordsPerFile : records.size();
            written += splitOff(part, records, kept, through, pace);
            together.add(new Due(part, records.subList(0, kept)));
            if (together.size() == TOGETHER) {
                written += replace(together, through, pace);
            }
        }
        return written + replace(together, through, pace);
    }

    /** Makes the names of all files that were written durable. */
    void syncNames() throws IOException {
        disk.syncDirectory(directory);
        namesAreDue = false;
    }

    /**
     * From the end on, each durable under its name before the next one: the range that is left must end where one begins
     * that is there after a power cut too, or records between the two would belong to a file that does not have them.
     */
    private int splitOff(Part from, List<InventoryRecord> records, int kept, long through, Pace pace)
            throws IOException {
        int written = 0;
        for (int end = records.size(); end > kept; ) {
            int first = (end - 1) / recordsPerFile * recordsPerFile;
            List<InventoryRecord> chunk = records.subList(first, end);
            Part part = ranges.newPart(RangeKey.of(chunk.getFirst()));
            tooLong.add(from);
            written += replace(new ArrayList<>(List.of(new Due(part, chunk))), through, pace);
            namesAreDue = true;
            end = first;
        }
        return written;
    }

    private int replace(List<Due> files, long through, Pace pace) throws IOException {
        if (namesAreDue) {
            syncNames();
        }
        return write(files, through, pace);
    }

    private int write(List<Due> files, long through, Pace pace) throws IOException {
        long start = System.nanoTime();
        long bytes = 0;
        Map<Path, ByteBuffer> contents = new LinkedHashMap<>();
        Map<Path, Due> byPath = new LinkedHashMap<>();
        for (Due file : files) {
            Part part = file.part();
            ByteBuffer content = new InventoryFile(logId, part.number(), part.from(), through, file.records()).encode();
            bytes += content.remaining();
            Path path = directory.resolve(InventoryFile.name(part.number()));
            contents.put(path, content);
            byPath.put(path, file);
        }
        disk.replaceAll(contents, path -> {
            Due file = byPath.get(path);
            if (file != null) {
                ranges.written(file.part(), file.records().size());
                tooLong.remove(file.part());
            }
        });
        int written = files.size();
        files.clear();
        pace.wrote(bytes, System.nanoTime() - start);
        return written;
    }
}
