package retail.inventory.files;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * The bytes of one simulated file: what a reader sees, what the medium has, and which bytes differ because no force has
 * reached them. A byte whose force failed is clean for the next force and yet not on the medium, as on Linux.
 */
final class SimFile {

    private static final int SECTOR = 512;

    private byte[] content = new byte[0];
    private byte[] durable = new byte[0];
    private final BitSet dirty = new BitSet();
    private final BitSet failed = new BitSet();

    static SimFile durable(byte[] bytes) {
        SimFile file = new SimFile();
        file.content = bytes.clone();
        file.durable = bytes.clone();
        return file;
    }

    SimFile copy() {
        SimFile copy = new SimFile();
        copy.content = content.clone();
        copy.durable = durable.clone();
        copy.dirty.or(dirty);
        copy.failed.or(failed);
        return copy;
    }

    byte[] content() {
        return content;
    }

    void write(int position, byte[] bytes) {
        int end = position + bytes.length;
        if (end > content.length) {
            content = Arrays.copyOf(content, end);
        }
        System.arraycopy(bytes, 0, content, position, bytes.length);
        dirty.set(position, end);
        failed.clear(position, end);
    }

    /** As for a write, the medium learns of it by the next force. */
    void cut(int length) {
        content = Arrays.copyOf(content, length);
        dirty.clear(length, Math.max(length, dirty.length()));
        failed.clear(length, Math.max(length, failed.length()));
    }

    void force() {
        durable = Arrays.copyOf(durable, content.length);
        copy(dirty, durable);
        dirty.clear();
    }

    void forceFailed() {
        failed.or(dirty);
        dirty.clear();
    }

    /** What a power cut leaves: of the bytes that no force has reached nothing, a prefix, or some sectors. */
    SimFile afterPowerCut(Random random) {
        BitSet unsure = (BitSet) dirty.clone();
        unsure.or(failed);
        int kind = random.nextInt(3);
        if (unsure.isEmpty() || kind == 0) {
            return durable(durable);
        }
        BitSet kept = kind == 1 ? prefix(unsure, random) : sectors(unsure, random);
        byte[] left = Arrays.copyOf(durable, Math.max(durable.length, kept.length()));
        copy(kept, left);
        return durable(left);
    }

    private void copy(BitSet which, byte[] to) {
        for (int at = which.nextSetBit(0); at >= 0; ) {
            int end = which.nextClearBit(at);
            System.arraycopy(content, at, to, at, end - at);
            at = which.nextSetBit(end);
        }
    }

    private static BitSet prefix(BitSet unsure, Random random) {
        int first = unsure.nextSetBit(0);
        BitSet kept = (BitSet) unsure.clone();
        kept.clear(first + random.nextInt(unsure.length() - first + 1), unsure.length());
        return kept;
    }

    private static BitSet sectors(BitSet unsure, Random random) {
        BitSet kept = (BitSet) unsure.clone();
        for (int sector = 0; sector < unsure.length(); sector += SECTOR) {
            if (random.nextBoolean()) {
                kept.clear(sector, sector + SECTOR);
            }
        }
        return kept;
    }
}
