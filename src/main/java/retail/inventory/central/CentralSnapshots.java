package retail.inventory.central;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The central view in files, position and content together: {@code central/central-<sequence>.json}, the newest two.
 *
 * <p>A file is lines of JSON with one checksum: {@code {"format":3,"logId":"…","through":42,"eventId":"…","stores":[}, a line
 * {@code {"storeId":…,"records":{sku:{"qty","holds","version","updatedAtMs"}}}} for some records of a store, and
 * {@code ],"crc":"…"}}; {@code holds} is {@code [{"holdId","qty","endsMs"}]}, absent when there are none, as {@code endsMs} is when
 * one has no end. It is written while events are applied: a record may be newer than {@code through}, which does no
 * harm, for events apply by version. {@code logId} is the log whose sequence that is, {@code eventId} that of the event there, by which
 * the log is known again as well ({@link LogEvidence}); files of format 2 have no holds, those of format 1 have neither format nor log, older ones no event.
 */
final class CentralSnapshots {

    private static final Logger LOG = LoggerFactory.getLogger(CentralSnapshots.class);
    private static final Pattern NAME = Pattern.compile("central-\\d{20}\\.json");
    private static final JsonFactory JSON = new JsonFactory();
    private static final int RECORDS_PER_LINE = 1000;
    private static final int KEPT = 2;

    private final Disk disk;
    private final Path directory;

    CentralSnapshots(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /**
     * The snapshot that a view was filled from.
     *
     * @param name of its file
     * @param through the sequence it goes through; 0 when there was none
     * @param logId of the log; null when it does not say
     * @param eventId of the event there; null when it does not say
     */
    record Loaded(
            String name,
            long through,
            @Nullable String logId,
            @Nullable UUID eventId) {

        private static final Loaded NONE = new Loaded("", 0, null, null);
    }

    /** Fills an empty view from the newest snapshot that is whole. */
    Loaded load(CentralInventory view) throws IOException {
        for (String name : names().reversed()) {
            String damage = damage(directory.resolve(name));
            if (damage == null) {
                try (InputStream content = disk.stream(directory.resolve(name))) {
                    SnapshotInput.End end = SnapshotInput.read(content, view, directory.resolve(name));
                    return new Loaded(name, end.through(), end.logId(), end.eventId());
                }
            }
            putAside(name, damage);
        }
        return Loaded.NONE;
    }

    private @Nullable String damage(Path file) throws IOException {
        long size;
        try (Disk.ReadableFile content = disk.openForRead(file)) {
            size = content.size();
        }
        try (InputStream content = disk.stream(file)) {
            return Checksum.damage(content, size);
        }
    }

    /** Through which sequence the oldest one goes that no power cut can take away; 0 when there is none. */
    long oldest() throws IOException {
        List<String> names = names();
        if (names.isEmpty()) {
            return 0;
        }
        disk.syncDirectory(directory); // it may have got its name a moment ago
        return through(names.getFirst());
    }

    /** Through which sequence the newest one goes; 0 when there is none. */
    long newest() throws IOException {
        List<String> names = names();
        return names.isEmpty() ? 0 : through(names.getLast());
    }

    private static String nameOf(long through) {
        return String.format(Locale.ROOT, "central-%020d.json", through);
    }

    private static long through(String name) {
        return Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
    }

    /** Puts snapshots aside that know more than the log: what they know was taken from another one. */
    void putAsideBeyond(LongSupplier durable) throws IOException {
        List<String> names = names();
        long end = durable.getAsLong();
        for (String name : names) {
            if (through(name) > end) {
                putAside(name, "it is ahead of the log, which ends at " + end);
            }
        }
    }

    void putAside(String name, String reason) throws IOException {
        LOG.warn("The snapshot {} cannot be used ({}): using the one before, or the log", name, reason);
        disk.rename(directory.resolve(name), directory.resolve(name + ".damaged"));
        disk.syncDirectory(directory);
    }

    /**
     * Writes a snapshot and deletes those no longer kept.
     *
     * @param through the view's position before this was called
     * @param logId of the log; null when it has none
     * @param eventId of the event there; null when it is not known
     * @param pace is told after each part how many nanoseconds it took, to rest before the next one
     */
    void save(CentralInventory view, long through, @Nullable String logId, @Nullable UUID eventId, LongConsumer pace)
            throws IOException {
        disk.createDirectories(directory);
        String name = nameOf(through);
        Path temporary = directory.resolve(name + ".tmp");
        for (String left : disk.list(directory)) {
            if (left.endsWith(".json.tmp")) {
                disk.delete(directory.resolve(left));
            }
        }
        try (Disk.WritableFile file = disk.openForWrite(temporary)) {
            SnapshotOutput out = new SnapshotOutput(file);
            ByteArrayOutputStream line = new ByteArrayOutputStream(80 * RECORDS_PER_LINE);
            String ofLog = logId == null ? "" : ",\"logId\":\"" + logId + "\"";
            String known = eventId == null ? "" : ",\"eventId\":\"" + eventId + "\"";
            out.write("{\"format\":" + CentralFiles.FORMAT + ofLog + ",\"through\":" + through + known
                    + ",\"stores\":[\n");
            String separator = "";
            for (String storeId : view.stores()) {
                String after = null;
                for (List<Entry> page = view.page(storeId, after, RECORDS_PER_LINE);
                        !page.isEmpty();
                        page = view.page(storeId, after, RECORDS_PER_LINE)) {
                    long start = System.nanoTime();
                    out.write(separator);
                    line.reset();
                    writeLine(storeId, page, line);
                    line.writeTo(out);
                    separator = ",";
                    after = page.getLast().sku();
                    pace.accept(System.nanoTime() - start);
                }
            }
            out.write("]");
            out.finish();
        }
        disk.rename(temporary, directory.resolve(name));
        disk.syncDirectory(directory);
        List<String> names = names();
        for (String old : names.subList(0, Math.max(0, names.size() - KEPT))) {
            disk.delete(directory.resolve(old));
        }
        disk.syncDirectory(directory);
    }

    /** Forgets all snapshots, so that the next start rebuilds the view from the log. */
    void deleteAll() throws IOException {
        disk.createDirectories(directory);
        for (String name : names()) {
            disk.delete(directory.resolve(name));
        }
        disk.syncDirectory(directory);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private List<String> names() throws IOException {
        return disk.list(directory).stream().filter(CentralSnapshots::isName).toList();
    }

    private static void writeLine(String storeId, List<Entry> entries, ByteArrayOutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("storeId", storeId);
            json.writeObjectPropertyStart("records");
            for (Entry entry : entries) {
                json.writeObjectPropertyStart(entry.sku());
                json.writeNumberProperty("qty", entry.qty());
                writeHolds(json, entry.holds());
                json.writeNumberProperty("version", entry.version());
                json.writeNumberProperty("updatedAtMs", entry.updatedAtMs());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeHolds(JsonGenerator json, Holds holds) {
        if (holds.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("holds");
        for (HeldUnits units : holds.all()) {
            json.writeStartObject();
            json.writeStringProperty("holdId", units.holdId());
            json.writeNumberProperty("qty", units.qty());
            if (units.endsMs() != HeldUnits.NO_END) {
                json.writeNumberProperty("endsMs", units.endsMs());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
