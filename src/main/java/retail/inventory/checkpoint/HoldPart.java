package retail.inventory.checkpoint;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file of holds as the one process that writes it knows it: what is durable in it, and what its checksum is to go on with. */
final class HoldPart {

    private final int number;
    private final @Nullable String logId;
    private long bytes;
    private long lines;
    private long crc;
    private @Nullable CRC32C running;

    /** One that is still to be begun. */
    HoldPart(int number, @Nullable String logId) {
        this.number = number;
        this.logId = logId;
        this.running = new CRC32C();
    }

    /** One that was found. */
    HoldPart(HoldFile file) {
        this.number = file.extent().number();
        this.logId = file.logId();
        this.bytes = file.extent().bytes();
        this.lines = file.lines().size();
        this.crc = file.extent().crc();
        this.running = file.crc();
    }

    int number() {
        return number;
    }

    @Nullable
    String logId() {
        return logId;
    }

    long bytes() {
        return bytes;
    }

    /** Those of holds. */
    long lines() {
        return lines;
    }

    HoldExtent extent() {
        return new HoldExtent(number, bytes, crc);
    }

    /** Whether lines may still be added to it. */
    boolean isOpen() {
        return running != null;
    }

    /** Takes the checksum to go on with: unless what is added becomes durable, nothing more is added. */
    CRC32C append() {
        CRC32C taken = running;
        if (taken == null) {
            throw new IllegalStateException("file " + number + " of holds is closed");
        }
        running = null;
        return taken;
    }

    /** What was added is durable. */
    void appended(long moreBytes, long moreLines, CRC32C going) {
        bytes += moreBytes;
        lines += moreLines;
        crc = going.getValue();
        running = going;
    }
}
