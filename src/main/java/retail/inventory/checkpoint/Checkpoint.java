package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code inventory/checkpoint}: what all inventory files hold together. A file that nothing changed keeps its
 * old {@code through}; this says up to where the log need not be read.
 *
 * @param logId the log whose sequences these are; null in format 2, and when the log has none
 * @param through every event up to this sequence is contained in the inventory files
 * @param records how many records they have, at least: fewer means that a file is missing
 * @param holds the files of holds, oldest first, and how far each one counts
 */
record Checkpoint(@Nullable String logId, long through, long records, List<HoldExtent> holds) {

    static final String NAME = "checkpoint";

    /** That of the files of an earlier version, {@link StoreFile}. */
    static final String NAME_OF_FORMAT_1 = "~checkpoint.json";

    static final Checkpoint NONE = new Checkpoint(null, 0, 0, List.of());

    private static final JsonMapper JSON = new JsonMapper();

    /** The checkpoint of a directory; {@link #NONE} when there is none yet. */
    static Checkpoint read(Disk disk, Path directory, String name) throws IOException, DamagedFileException {
        Path file = directory.resolve(name);
        try {
            return decode(disk.read(file), file);
        } catch (NoSuchFileException absent) {
            return NONE;
        }
    }

    ByteBuffer encode() {
        String object = "{\"format\":" + FileFormat.NUMBER + (logId == null ? "" : ",\"logId\":\"" + logId + "\"")
                + ",\"through\":" + through + ",\"records\":" + records + holdMembers() + "}";
        return FileFormat.seal(object.getBytes(StandardCharsets.US_ASCII));
    }

    private String holdMembers() {
        return holds.isEmpty()
                ? ""
                : holds.stream().map(HoldExtent::encoded).collect(Collectors.joining(",", ",\"holds\":[", "]"));
    }

    private static Checkpoint decode(byte[] content, Path file) throws DamagedFileException {
        FileFormat.requireWhole(content);
        try {
            var object = JSON.readTree(content);
            if (!file.endsWith(NAME_OF_FORMAT_1)) {
                FileFormat.requireKnown(object.path("format").asInt(0), file);
            }
            return new Checkpoint(
                    object.path("logId").asString(null),
                    object.required("through").asLong(),
                    object.required("records").asLong(),
                    object.path("holds").valueStream().map(HoldExtent::of).toList());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DamagedFileException("its checksum is right but it is no checkpoint: " + e.getMessage());
        }
    }
}
