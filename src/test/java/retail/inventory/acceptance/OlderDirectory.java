package retail.inventory.acceptance;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a data directory of an earlier version has, as {@code data-of-format-1/<name>.json} tells; the directory itself is
 * packed beside it. See the README there.
 *
 * @param durableSequence the latest event
 * @param oldest the first event that is not in the archive
 * @param logId the log's; null when the version gave it none
 * @param stock what each SKU of each store had
 * @param keys changes that were answered and whose keys were remembered
 * @param letters dead letters of the central view
 * @param feed the events that are not in the archive
 */
record OlderDirectory(
        long durableSequence,
        long oldest,
        @Nullable String logId,
        SortedMap<String, SortedMap<String, Amount>> stock,
        List<Keyed> keys,
        List<Letter> letters,
        List<Told> feed) {

    private static final String RESOURCES = "/data-of-format-1/";

    /** A SKU of a store. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Amount(long qty, long version) {}

    /** A change with an idempotency key, and its answer. */
    record Keyed(String key, String path, JsonNode body, int status, JsonNode answer) {}

    /** A dead letter. */
    record Letter(long id, String reason, String sku) {}

    /** An event as followers get it; one that was lost to damage has no id. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Told(long sequence, @Nullable String eventId, String type) {}

    static OlderDirectory read(String name) throws IOException {
        try (InputStream json = resource(name + ".json")) {
            return new JsonMapper().readValue(json, OlderDirectory.class);
        }
    }

    /** Puts the files into a directory that is there, in place of those in it. */
    static void unpack(String name, Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
        try (ZipInputStream zip = new ZipInputStream(resource(name + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static InputStream resource(String file) {
        return Objects.requireNonNull(OlderDirectory.class.getResourceAsStream(RESOURCES + file), file);
    }
}
