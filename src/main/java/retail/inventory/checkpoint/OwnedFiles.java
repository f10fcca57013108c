package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.checkpoint.InventoryFiles.Loaded;
import retail.inventory.files.Disk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** How the one process that may write the inventory files reads them: damaged ones are put aside. */
final class OwnedFiles {

    private final Disk disk;
    private final Path directory;
    private final FileRanges ranges = new FileRanges();
    private final List<String> ofFormat1 = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final FoundHolds holds = new FoundHolds();
    private List<String> names = List.of();
    private boolean allNameALog = true;

    OwnedFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Which file has which records; after {@link #read}. */
    FileRanges ranges() {
        return ranges;
    }

    /** What the files of holds say; after {@link #read}. */
    FoundHolds holds() {
        return holds;
    }

    /** All names in the directory; after {@link #read}. */
    List<String> names() {
        return names;
    }

    /** The files of an earlier version that are there; after {@link #read}. */
    List<String> ofFormat1() {
        return ofFormat1;
    }

    /** How far in which log the files go, those that say; after {@link #read}. */
    Map<String, Long> positions() {
        return positions;
    }

    /** The log that all of them name; null when some name none or another; after {@link #read}. */
    @Nullable
    String logId() {
        return allNameALog && positions.size() == 1
                ? positions.keySet().iterator().next()
                : null;
    }

    private void found(@Nullable String logId, long through) {
        if (logId == null) {
            allNameALog = false;
        } else {
            positions.merge(logId, through, Math::max);
        }
    }

    /**
     * Hands over the records of one file after the other, in the order of their ranges; what the checkpoint says when the
     * files keep it, else why they do not. Files of an earlier version count when no checkpoint of this one goes further.
     */
    Loaded read(Consumer<List<InventoryRecord>> reader) throws IOException {
        disk.createDirectories(directory);
        disk.syncDirectory(directory); // the log lets go of what is here: no power cut may bring back older files
        Checkpoint checkpoint = readCheckpoint(Checkpoint.NAME);
        if (checkpoint.through() > 0) {
            found(checkpoint.logId(), checkpoint.through());
        }
        Checkpoint former = readCheckpoint(Checkpoint.NAME_OF_FORMAT_1);
        names = disk.list(directory);
        names.stream().filter(StoreFile::isName).forEach(ofFormat1::add);
        boolean formerCounts = former.through() > checkpoint.through();
        long foundFormer = formerCounts ? readFormer(reader) : 0;
        names.forEach(name -> ranges.taken(InventoryFile.number(name)));
        List<String> present = names.stream().filter(InventoryFile::isName).toList();
        for (String name : RangedName.inOrder(disk, directory, present)) {
            InventoryFile content = readFile(name);
            if (content != null) {
                reader.accept(content.records());
                ranges.found(content);
                found(content.logId(), content.through());
            }
        }
        readHolds(checkpoint.holds());
        requireAll(formerCounts ? former : checkpoint, formerCounts ? foundFormer : ranges.records());
        return problems.isEmpty()
                ? new Loaded(Math.max(checkpoint.through(), former.through()), null)
                : new Loaded(0, String.join("; ", problems));
    }

    private void requireAll(Checkpoint checkpoint, long found) throws IOException {
        if (problems.isEmpty() && found < checkpoint.records()) {
            problems.add("inventory files are missing: " + found + " records of at least " + checkpoint.records()
                    + " are there");
            forgetCheckpoint();
        }
    }

    private Checkpoint readCheckpoint(String name) throws IOException {
        try {
            return Checkpoint.read(disk, directory, name);
        } catch (DamagedFileException e) {
            problems.add(directory.resolve(name) + " is damaged (" + e.getMessage() + ")");
            return Checkpoint.NONE;
        }
    }

    /** How many records the files of the earlier version have. */
    private long readFormer(Consumer<List<InventoryRecord>> reader) throws IOException {
        Set<StockKey> found = new HashSet<>(); // one that a crash left in two files when it was to move counts once
        for (String name : ofFormat1) {
            try {
                List<InventoryRecord> records = StoreFile.read(disk, directory, name);
                records.forEach(record -> found.add(record.key()));
                reader.accept(records);
            } catch (DamagedFileException e) {
                putAside(name, e);
            }
        }
        return found.size();
    }

    private @Nullable InventoryFile readFile(String name) throws IOException {
        try {
            return InventoryFile.read(disk, directory, name);
        } catch (DamagedFileException e) {
            putAside(name, e);
            return null;
        }
    }

    private void readHolds(List<HoldExtent> extents) throws IOException {
        for (HoldExtent extent : extents) {
            try {
                HoldFile file = HoldFile.read(disk, directory, extent);
                holds.take(file);
                found(file.logId(), file.through());
            } catch (DamagedFileException e) {
                putAside(HoldFile.name(extent.number()), e);
            } catch (NoSuchFileException e) {
                problems.add(directory.resolve(HoldFile.name(extent.number())) + " is missing");
                forgetCheckpoint();
            }
        }
    }

    private void putAside(String name, DamagedFileException damage) throws IOException {
        forgetCheckpoint();
        Path path = directory.resolve(name);
        Path aside = directory.resolve(name + ".damaged");
        problems.add(path + " is damaged (" + damage.getMessage() + "), kept as " + aside.getFileName());
        disk.rename(path, aside);
        disk.syncDirectory(directory);
    }

    /** A start that is cut off now must read the whole log again, however many records the other files have by then. */
    private void forgetCheckpoint() throws IOException {
        disk.delete(directory.resolve(Checkpoint.NAME_OF_FORMAT_1));
        disk.replace(directory.resolve(Checkpoint.NAME), Checkpoint.NONE.encode());
        disk.syncDirectory(directory);
    }
}
