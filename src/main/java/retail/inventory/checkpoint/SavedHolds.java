package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.Disk;
import retail.inventory.stock.Hold;

/** The files of holds that a checkpoint lists, as a reader finds them that changes nothing. */
public final class SavedHolds {

    private final Disk disk;
    private final Path directory;
    private final Checkpoint checkpoint;

    SavedHolds(Disk disk, Path directory, Checkpoint checkpoint) {
        this.disk = disk;
        this.directory = directory;
        this.checkpoint = checkpoint;
    }

    /** The names of the files that the checkpoint of a directory needs; none when it cannot be read. */
    public static Set<String> namesIn(Disk disk, Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        try {
            for (HoldExtent extent :
                    Checkpoint.read(disk, directory, Checkpoint.NAME).holds()) {
                names.add(HoldFile.name(extent.number()));
            }
        } catch (DamagedFileException | DataDirectoryException e) {
            names.clear(); // whoever starts on it is told
        }
        return names;
    }

    /**
     * All of them, past one that cannot be used too.
     *
     * @param file is told of each that can be used
     * @param hold is told of each hold of these
     * @param problem is told why one cannot be used
     */
    void inspect(Consumer<HoldFile> file, Consumer<Hold> hold, Consumer<String> problem) throws IOException {
        FoundHolds found = new FoundHolds();
        for (HoldExtent extent : checkpoint.holds()) {
            Path path = directory.resolve(HoldFile.name(extent.number()));
            try {
                HoldFile read = HoldFile.read(disk, directory, extent);
                found.take(read);
                file.accept(read);
            } catch (DamagedFileException e) {
                problem.accept(path + " is damaged: " + e.getMessage());
            } catch (NoSuchFileException e) {
                problem.accept(path + " is missing");
            } catch (DataDirectoryException e) {
                problem.accept(String.valueOf(e.getMessage()));
            }
        }
        found.forEach(hold);
    }

    /** What they say. One that is gone is none that a later checkpoint lists. */
    FoundHolds found() throws IOException, DamagedFileException {
        FoundHolds found = new FoundHolds();
        for (HoldExtent extent : checkpoint.holds()) {
            found.take(HoldFile.read(disk, directory, extent));
        }
        return found;
    }
}
