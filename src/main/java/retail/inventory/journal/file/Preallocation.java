package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import retail.inventory.files.Disk;

/**
 * Line feeds are written so far ahead, for lines to come: forcing what overwrites them takes about half the time, as no new
 * length and no new block have to be made durable with it. Readers find nothing in them, and tools no line.
 */
final class Preallocation {

    static final int BYTES = 1 << 18;

    private static final int PIECE_BYTES = 1 << 16;
    private static final ByteBuffer LINE_FEEDS = allLineFeeds();

    private Preallocation() {}

    /** So many of them, {@link #BYTES} at most. */
    static ByteBuffer lineFeeds(int bytes) {
        return LINE_FEEDS.duplicate().limit(bytes);
    }

    /** Whether a file has nothing but line feeds from an offset on. */
    static boolean isAllBehind(Disk disk, Path file, long offset) throws IOException {
        try (Disk.ReadableFile opened = disk.openForRead(file)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            long at = offset;
            while (opened.read(piece.clear(), at) > 0) {
                at += piece.flip().limit();
                if (!piece.equals(lineFeeds(piece.limit()))) {
                    return false;
                }
            }
            return at == opened.size();
        }
    }

    private static ByteBuffer allLineFeeds() {
        ByteBuffer all = ByteBuffer.allocateDirect(BYTES);
        while (all.hasRemaining()) {
            all.put((byte) '\n');
        }
        return all.flip();
    }
}
