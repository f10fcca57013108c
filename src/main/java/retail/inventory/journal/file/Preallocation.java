package retail.inventory.journal.file;

import java.nio.ByteBuffer;

/**
 * Line feeds are written so far ahead, for lines to come: forcing what overwrites them takes about half the time, as no new
 * length and no new block have to be made durable with it. Readers find nothing in them, and tools no line.
 */
final class Preallocation {

    static final int BYTES = 1 << 18;

    private static final ByteBuffer LINE_FEEDS = allLineFeeds();

    private Preallocation() {}

    /** So many of them, {@link #BYTES} at most. */
    static ByteBuffer lineFeeds(int bytes) {
        return LINE_FEEDS.duplicate().limit(bytes);
    }

    private static ByteBuffer allLineFeeds() {
        ByteBuffer all = ByteBuffer.allocateDirect(BYTES);
        while (all.hasRemaining()) {
            all.put((byte) '\n');
        }
        return all.flip();
    }
}
