package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskTrouble;

/** What is left of a line at the end of the log that was never acknowledged. */
final class TornTail {

    private TornTail() {}

    /** Keeps its bytes in a file of their own, for a person who wonders; what was done, in words. */
    static String cutOff(Disk disk, Segment segment, long offset, long last, String reason) throws IOException {
        byte[] content = disk.read(segment.file());
        int bytes = Segment.lengthWithoutRoom(content) - (int) offset;
        Path kept = segment.file().resolveSibling(segment.file().getFileName() + ".torn-" + offset);
        return "The log ended in a line that was never acknowledged (" + reason + "): " + bytes
                + " bytes after sequence " + last + " were cut off and "
                + keep(disk, kept, ByteBuffer.wrap(content, (int) offset, bytes)) + ".";
    }

    /** No start may fail for want of room for it. */
    private static String keep(Disk disk, Path kept, ByteBuffer bytes) throws IOException {
        try {
            disk.replace(kept, bytes);
            return "kept in " + kept;
        } catch (IOException e) {
            if (!DiskTrouble.isNoRoom(e)) {
                throw e;
            }
            return "could not be kept: " + DiskTrouble.describe(e);
        }
    }
}
