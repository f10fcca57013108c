package retail.inventory.stock;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Units of holds in an order. Immutable: a change copies one chunk of them and the list of chunks, so that it costs among thousands
 * little more than among few.
 */
final class SortedUnits {

    private static final int CHUNK_MAX = 64;

    private final Comparator<HeldUnits> order;

    /** None of them is empty. */
    private final HeldUnits[][] chunks;

    private SortedUnits(Comparator<HeldUnits> order, HeldUnits[]... chunks) {
        this.order = order;
        this.chunks = chunks;
    }

    /** Of those in any order; no two are equal by it. */
    static SortedUnits of(Comparator<HeldUnits> order, HeldUnits... units) {
        HeldUnits[] sorted = units.clone();
        Arrays.sort(sorted, order);
        int each = CHUNK_MAX / 2; // there is room for more
        HeldUnits[][] chunks = new HeldUnits[(sorted.length + each - 1) / each][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = Arrays.copyOfRange(sorted, i * each, Math.min(sorted.length, (i + 1) * each));
        }
        return new SortedUnits(order, chunks);
    }

    /** The first of them; there must be one. */
    HeldUnits first() {
        return chunks[0][0];
    }

    /** All of them, in order. */
    Stream<HeldUnits> stream() {
        return Arrays.stream(chunks).flatMap(Arrays::stream);
    }

    /** The one that is equal by the order; null when there is none. */
    @Nullable
    HeldUnits find(HeldUnits like) {
        if (chunks.length == 0) {
            return null;
        }
        HeldUnits[] chunk = chunks[chunkOf(like)];
        int place = Arrays.binarySearch(chunk, like, order);
        return place < 0 ? null : chunk[place];
    }

    /** That of a hold, whatever the order: looks at each of them. */
    @Nullable
    HeldUnits scan(String holdId) {
        for (HeldUnits[] chunk : chunks) {
            for (HeldUnits units : chunk) {
                if (units.holdId().equals(holdId)) {
                    return units;
                }
            }
        }
        return null;
    }

    /** With one more, which is equal to none of them by the order. */
    SortedUnits with(HeldUnits units) {
        if (chunks.length == 0) {
            return new SortedUnits(order, new HeldUnits[] {units});
        }
        int at = chunkOf(units);
        HeldUnits[] chunk = chunks[at];
        int place = -1 - Arrays.binarySearch(chunk, units, order);
        HeldUnits[] more = Arrays.copyOf(chunk, chunk.length + 1);
        System.arraycopy(chunk, place, more, place + 1, chunk.length - place);
        more[place] = units;
        int half = more.length / 2;
        return more.length <= CHUNK_MAX
                ? replaced(at, more)
                : replaced(at, Arrays.copyOf(more, half), Arrays.copyOfRange(more, half, more.length));
    }

    /** Without one of them. */
    SortedUnits without(HeldUnits units) {
        int at = chunkOf(units);
        HeldUnits[] chunk = chunks[at];
        if (chunk.length == 1) {
            return replaced(at);
        }
        int place = Arrays.binarySearch(chunk, units, order);
        HeldUnits[] fewer = Arrays.copyOf(chunk, chunk.length - 1);
        System.arraycopy(chunk, place + 1, fewer, place, fewer.length - place);
        return replaced(at, fewer);
    }

    /** Without the first ones. */
    SortedUnits withoutFirst(int count) {
        int whole = 0;
        int left = count;
        while (whole < chunks.length && left >= chunks[whole].length) {
            left -= chunks[whole].length;
            whole++;
        }
        HeldUnits[][] rest = Arrays.copyOfRange(chunks, whole, chunks.length);
        if (left > 0) {
            rest[0] = Arrays.copyOfRange(rest[0], left, rest[0].length);
        }
        return new SortedUnits(order, rest);
    }

    private SortedUnits replaced(int at, HeldUnits[]... by) {
        HeldUnits[][] all = Arrays.copyOf(chunks, chunks.length - 1 + by.length);
        System.arraycopy(by, 0, all, at, by.length);
        System.arraycopy(chunks, at + 1, all, at + by.length, chunks.length - at - 1);
        return new SortedUnits(order, all);
    }

    /** The last chunk that begins with it or before, else the first one. */
    private int chunkOf(HeldUnits units) {
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(chunks[middle][0], units) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
