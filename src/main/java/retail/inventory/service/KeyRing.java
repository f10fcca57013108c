package retail.inventory.service;

import java.util.Arrays;

/**
 * Answered keys in the order of their answers, 32 bytes each: the two halves of the key's hash, the sequence of its event, and
 * until when it is remembered. A queue of small arrays, so that it grows and shrinks without copying an entry.
 *
 * <p>The place of an entry is a number that only grows. It is found by the lower 32 bits of that, which are never 0: the first
 * entry of each array is left out, and has the least sequence of the others. One thread at a time adds and removes. Any thread
 * may read an entry whose place it was told under a lock, as long as the entry is there.
 */
final class KeyRing {

    /** The sequence of an entry without a key, which only has a time. */
    static final long NO_KEY = 0;

    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final long[] GONE = new long[0];

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int SEQUENCE = 2;
    private static final int UNTIL = 3;
    private static final int FIELDS = 4;

    /** A power of two of them, each in the slot of its number's lower bits. */
    private volatile long[][] chunks = {GONE};

    private long first;
    private long end;
    private int size;

    /** An empty ring that begins with an array's number. */
    KeyRing(long number) {
        first = number * CHUNK + 1;
        end = first;
    }

    /** How many entries there are. */
    int size() {
        return size;
    }

    /** The place of the oldest entry, or of the next when there is none. */
    long first() {
        return first;
    }

    /** The place of the next entry. */
    long end() {
        return end;
    }

    static long after(long place) {
        return (place + 1) % CHUNK == 0 ? place + 2 : place + 1;
    }

    static long before(long place) {
        return (place - 1) % CHUNK == 0 ? place - 2 : place - 1;
    }

    /** Adds the latest entry and returns its place. */
    long add(KeyHash key, long sequence, long until) {
        long place = end;
        if (place % CHUNK == 1) {
            begin(number(place));
        }
        long[] chunk = chunk((int) place);
        int at = at((int) place);
        chunk[at + HIGH] = key.high();
        chunk[at + LOW] = key.low();
        chunk[at + SEQUENCE] = sequence;
        chunk[at + UNTIL] = until;
        chunk[SEQUENCE] = least(chunk[SEQUENCE], sequence);
        end = after(place);
        size++;
        return place;
    }

    /** Removes the oldest entry. */
    void remove() {
        long number = number(first);
        first = after(first);
        size--;
        if (number(first) != number) {
            chunks[slot(number, chunks)] = GONE;
        }
    }

    /** The least sequence of all that have a key; {@link Long#MAX_VALUE} when none has. */
    long leastSequence() {
        long least = Long.MAX_VALUE;
        long place = first;
        for (; place < end && number(place) == number(first); place = after(place)) {
            least = least(least, sequence((int) place));
        }
        for (; place < end; place += CHUNK) {
            least = Math.min(least, chunk((int) place)[SEQUENCE]);
        }
        return least;
    }

    boolean has(int place, KeyHash key) {
        return field(place, LOW) == key.low() && field(place, HIGH) == key.high();
    }

    KeyHash key(int place) {
        return new KeyHash(field(place, HIGH), field(place, LOW));
    }

    /** Some bits of the key's hash. */
    int bits(int place) {
        return (int) field(place, LOW);
    }

    long sequence(int place) {
        return field(place, SEQUENCE);
    }

    long until(int place) {
        return field(place, UNTIL);
    }

    void until(int place, long until) {
        chunk(place)[at(place) + UNTIL] = until;
    }

    private void begin(long number) {
        long[][] there = chunks;
        if (number - number(first) == there.length) {
            long[][] more = new long[2 * there.length][];
            Arrays.fill(more, GONE);
            for (long each = number(first); each < number; each++) {
                more[slot(each, more)] = there[slot(each, there)];
            }
            chunks = more;
        }
        long[] chunk = new long[CHUNK * FIELDS];
        chunk[SEQUENCE] = Long.MAX_VALUE;
        chunks[slot(number, chunks)] = chunk;
    }

    private long field(int place, int field) {
        return chunk(place)[at(place) + field];
    }

    private long[] chunk(int place) {
        long[][] there = chunks;
        return there[slot(place >>> CHUNK_BITS, there)];
    }

    private static int at(int place) {
        return (place & (CHUNK - 1)) * FIELDS;
    }

    private static int slot(long number, long[][] chunks) {
        return (int) number & (chunks.length - 1);
    }

    private static long number(long place) {
        return place >>> CHUNK_BITS;
    }

    private static long least(long least, long sequence) {
        return sequence == NO_KEY ? least : Math.min(least, sequence);
    }
}
