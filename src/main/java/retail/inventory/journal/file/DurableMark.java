package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;

/**
 * The file {@code wal/durable}: a lower bound of what is durable that survives the process, as
 * {@code {"durable":"00000000000000000042","crc":"…"}} padded to one length so that it is overwritten whole. Not
 * thread-safe.
 */
final class DurableMark implements AutoCloseable {

    private static final String START = "{\"durable\":\"";
    private static final int DIGITS = 20;
    private static final int LENGTH = START.length() + DIGITS + 1 + Checksum.BYTES;

    private final Disk.WritableFile file;

    DurableMark(Disk disk, Path directory) throws IOException {
        this.file = disk.openForWrite(fileIn(directory));
    }

    /** The sequence it holds; 0 when it is absent or not whole, which only means that nothing is known. */
    static long read(Disk disk, Path directory) throws IOException {
        try {
            return sequence(disk.read(fileIn(directory)));
        } catch (NoSuchFileException absent) {
            return 0;
        }
    }

    /** Opens it, for who looks often. */
    static Disk.ReadableFile open(Disk disk, Path directory) throws IOException {
        return disk.openForLooking(fileIn(directory), LENGTH);
    }

    /** The sequence an open one holds; 0 when it is not whole, perhaps because it is just being written. */
    static long read(Disk.ReadableFile file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LENGTH);
        while (content.hasRemaining() && file.read(content, content.position()) > 0) {}
        return content.hasRemaining() ? 0 : sequence(content.array());
    }

    private static long sequence(byte[] content) {
        if (content.length < LENGTH || Checksum.damage(content, 0, LENGTH) != null) {
            return 0;
        }
        long sequence = 0;
        for (int at = START.length(); at < START.length() + DIGITS; at++) {
            sequence = 10 * sequence + content[at] - '0';
        }
        return sequence;
    }

    /** Records that everything up to a sequence is durable. */
    void advance(long durable) throws IOException {
        byte[] line = new byte[LENGTH + 1];
        byte[] open = String.format(Locale.ROOT, "%s%020d\"", START, durable).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(open, 0, line, 0, open.length);
        line[Checksum.append(line, 0, open.length)] = '\n';
        file.overwrite(ByteBuffer.wrap(line));
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static Path fileIn(Path directory) {
        return directory.resolve("durable");
    }
}
