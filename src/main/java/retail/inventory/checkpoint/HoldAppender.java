package retail.inventory.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import retail.inventory.files.Disk;

/** Adds lines to one file of holds; they count once they are {@link #finish durable}. */
final class HoldAppender implements AutoCloseable {

    /** So many bytes are handed to the disk at a time. */
    private static final int PIECE_BYTES = 1 << 18;

    private final HoldPart part;
    private final CRC32C crc;
    private final Disk.WritableFile out;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long bytes;
    private long lines;

    /** One that has no line yet is begun, whatever a failure has left under its name. */
    HoldAppender(Disk disk, Path directory, HoldPart part, long through) throws IOException {
        Path file = directory.resolve(HoldFile.name(part.number()));
        boolean isNew = part.bytes() == 0;
        if (isNew) {
            disk.delete(file);
        }
        this.part = part;
        this.out = isNew ? disk.openForWrite(file) : disk.openForWrite(file, part.bytes());
        this.crc = part.append();
        if (isNew) {
            put(HoldFile.firstLine(part.logId(), part.number(), through));
        }
    }

    void add(ByteBuffer line) throws IOException {
        put(line);
        lines++;
        if (piece.size() >= PIECE_BYTES) {
            flush();
        }
    }

    /** Bytes that the file will have. */
    long size() {
        return part.bytes() + bytes;
    }

    HoldPart part() {
        return part;
    }

    int number() {
        return part.number();
    }

    private void put(ByteBuffer line) {
        crc.update(line.duplicate());
        bytes += line.remaining();
        piece.write(line.array(), line.arrayOffset() + line.position(), line.remaining());
    }

    private void flush() throws IOException {
        out.append(ByteBuffer.wrap(piece.toByteArray()));
        piece.reset();
    }

    /** Returns when all that was added is durable; how many bytes that is. */
    long finish() throws IOException {
        flush();
        out.force();
        part.appended(bytes, lines, crc);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
