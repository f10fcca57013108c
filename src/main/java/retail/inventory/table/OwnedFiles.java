package retail.inventory.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import retail.inventory.disk.Disk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryFile.DamagedFileException;
import retail.inventory.table.InventoryFiles.Loaded;

/** How the one process that may write the inventory files reads them: damaged ones are put aside. */
final class OwnedFiles {

    private final Disk disk;
    private final Path directory;

    OwnedFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Takes all that the files have of one store. */
    interface StoreReader {
        void take(StoreFiles files, List<InventoryRecord> records);
    }

    /** Hands over one store after the other; what the checkpoint says when the files keep it, else why they do not. */
    Loaded read(StoreReader reader) throws IOException {
        disk.createDirectories(directory);
        disk.syncDirectory(directory); // the log lets go of what is here: no power cut may bring back older files
        List<String> problems = new ArrayList<>();
        Checkpoint checkpoint = readCheckpoint(problems);
        Map<String, List<String>> names = disk.list(directory).stream()
                .filter(InventoryFile::isName)
                .collect(Collectors.groupingBy(StoreFiles::storeOf, TreeMap::new, Collectors.toList()));
        long found = 0;
        for (Map.Entry<String, List<String>> store : names.entrySet()) {
            StoreFiles files = new StoreFiles(store.getKey());
            List<InventoryRecord> records = new ArrayList<>();
            for (String name : store.getValue()) {
                load(name, files, records, problems);
            }
            files.countOnce();
            found += files.records();
            reader.take(files, records);
        }
        if (problems.isEmpty() && found < checkpoint.records()) {
            problems.add("inventory files are missing: " + found + " records of at least " + checkpoint.records()
                    + " are there");
            forgetCheckpoint();
        }
        return problems.isEmpty() ? new Loaded(checkpoint.through(), null) : new Loaded(0, String.join("; ", problems));
    }

    private Checkpoint readCheckpoint(List<String> problems) throws IOException {
        try {
            return Checkpoint.read(disk, directory);
        } catch (DamagedFileException e) {
            problems.add(directory.resolve(Checkpoint.NAME) + " is damaged (" + e.getMessage() + ")");
            return Checkpoint.NONE;
        }
    }

    private void load(String name, StoreFiles files, List<InventoryRecord> records, List<String> problems)
            throws IOException {
        Path path = directory.resolve(name);
        InventoryFile file;
        try {
            file = InventoryFile.read(disk, directory, name);
        } catch (DamagedFileException e) {
            forgetCheckpoint();
            Path aside = directory.resolve(name + ".damaged");
            problems.add(path + " is damaged (" + e.getMessage() + "), kept as " + aside.getFileName());
            disk.rename(path, aside);
            disk.syncDirectory(directory);
            return;
        }
        records.addAll(file.records());
        files.found(file, name);
    }

    /** A start that is cut off now must read the whole log again, however many records the other files have by then. */
    private void forgetCheckpoint() throws IOException {
        disk.replace(directory.resolve(Checkpoint.NAME), Checkpoint.NONE.encode());
        disk.syncDirectory(directory);
    }
}
