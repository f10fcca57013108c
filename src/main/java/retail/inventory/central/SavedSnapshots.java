package retail.inventory.central;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.Checksum;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.Disk;
import tools.jackson.core.JacksonException;

/** The snapshots in a data directory, for who compares them with other things. Changes nothing. */
public final class SavedSnapshots {

    private static final int PAGE = 1000;

    private final Disk disk;
    private final Path directory;

    /** The snapshots in a data directory. */
    public SavedSnapshots(Disk disk, Path data) {
        this.disk = disk;
        this.directory = data.resolve(CentralFiles.SNAPSHOTS);
    }

    /**
     * A snapshot that was read.
     *
     * @param through the sequence it goes through
     * @param logId of the log; null when it does not say
     * @param damage why it cannot be used; null when it can
     */
    public record Found(
            long through, @Nullable String logId, @Nullable String damage) {}

    /** Is handed each SKU of a snapshot. */
    @FunctionalInterface
    public interface Reader {
        /** Takes one. */
        void take(String storeId, Entry entry);
    }

    /** Their files, oldest first. */
    public List<Path> files() throws IOException {
        return disk.list(directory).stream()
                .filter(CentralSnapshots::isName)
                .map(directory::resolve)
                .toList();
    }

    /** Reads one of the files; nothing is handed over of one that is damaged. */
    public Found read(Path file, Reader reader) throws IOException {
        String damage;
        try (Disk.ReadableFile content = disk.openForRead(file);
                InputStream stream = disk.stream(file)) {
            damage = Checksum.damage(stream, content.size());
        }
        if (damage != null) {
            return new Found(0, null, damage);
        }
        CentralInventory view = new CentralInventory();
        try (InputStream stream = disk.stream(file)) {
            SnapshotInput.End end = SnapshotInput.read(stream, view, file);
            hand(view, reader);
            return new Found(end.through(), end.logId(), null);
        } catch (DataDirectoryException | JacksonException e) {
            return new Found(0, null, String.valueOf(e.getMessage()));
        }
    }

    private static void hand(CentralInventory view, Reader reader) {
        for (String storeId : view.stores()) {
            String after = null;
            for (List<Entry> page = view.page(storeId, after, PAGE);
                    !page.isEmpty();
                    page = view.page(storeId, after, PAGE)) {
                page.forEach(entry -> reader.take(storeId, entry));
                after = page.getLast().sku();
            }
        }
    }
}
