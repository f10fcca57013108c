package retail.inventory.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import retail.inventory.disk.Disk;
import retail.inventory.table.InventoryFile.DamagedFileException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code inventory/~checkpoint.json}: what all inventory files hold together. A file that nothing changed
 * keeps its old {@code through}; this says up to where the log need not be read.
 *
 * @param through every event up to this sequence is contained in the inventory files
 * @param records how many records they have, at least: fewer means that a file is missing
 */
record Checkpoint(long through, long records) {

    /** Not a possible store id, so it cannot be taken for a store's file. */
    static final String NAME = "~checkpoint.json";

    static final Checkpoint NONE = new Checkpoint(0, 0);

    private static final JsonMapper JSON = new JsonMapper();

    /** The checkpoint of a directory; {@link #NONE} when there is none yet. */
    static Checkpoint read(Disk disk, Path directory) throws IOException, DamagedFileException {
        try {
            return decode(disk.read(directory.resolve(NAME)));
        } catch (NoSuchFileException absent) {
            return NONE;
        }
    }

    ByteBuffer encode() {
        String object = "{\"through\":" + through + ",\"records\":" + records + "}";
        return InventoryFile.seal(object.getBytes(StandardCharsets.US_ASCII));
    }

    static Checkpoint decode(byte[] content) throws DamagedFileException {
        InventoryFile.requireWhole(content);
        try {
            var object = JSON.readTree(content);
            return new Checkpoint(
                    object.required("through").asLong(),
                    object.required("records").asLong());
        } catch (JacksonException e) {
            throw new DamagedFileException("its checksum is right but it is no checkpoint: " + e.getMessage());
        }
    }
}
