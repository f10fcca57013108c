package retail.inventory.service;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which event answered a key: an open-addressing index of 4-byte places over a {@link KeyRing}, with linear probing and no
 * tombstones. It is in parts of some ten thousand keys, each with its own lock, of which each grows and shrinks for itself: no
 * pause is longer than it takes to place these anew. A key takes 39 to 45 bytes in all.
 *
 * <p>Any thread may look up; one at a time adds and removes.
 */
final class AnsweredKeys {

    private static final int PART_KEYS = 1 << 14;
    private static final int PARTS_MAX = 1 << 16;

    /** A key that nobody has: for an entry that only tells a time. */
    private static final KeyHash NOBODY = new KeyHash(0, 0);

    private final KeyRing ring;
    private final Part[] parts;
    private final AtomicInteger size = new AtomicInteger();
    private final KeyShares shares;

    /** An empty table, for about so many keys at most, which are counted. */
    AnsweredKeys(long keysMax, KeyShares shares) {
        this(keysMax, new KeyRing(0), shares);
    }

    AnsweredKeys(long keysMax, KeyRing ring, KeyShares shares) {
        this.ring = ring;
        this.shares = shares;
        int wanted = Math.clamp(keysMax / PART_KEYS, 1, PARTS_MAX);
        parts = new Part[Integer.highestOneBit(2 * wanted - 1)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part();
        }
    }

    /** How many keys there are. */
    int size() {
        return size.get();
    }

    /** The entries, of which some may have been overtaken by a later one of the same key. */
    KeyRing entries() {
        return ring;
    }

    /** The event that answered a key, of an entry that is not over; {@link KeyRing#NO_KEY} when there is none. */
    long sequence(KeyHash key, long nowNanos) {
        return part(key).sequence(key, nowNanos);
    }

    /** Adds a key, or gives it a later answer. */
    void add(KeyHash key, long sequence, long until) {
        if (part(key).put(key, (int) ring.add(key, sequence, until))) {
            size.incrementAndGet();
            shares.enter(key);
        }
    }

    /** Adds an entry without a key. */
    void addTime(long until) {
        long _ = ring.add(NOBODY, KeyRing.NO_KEY, until);
    }

    /** Removes the oldest entry, and its key unless it has a later answer. */
    void removeOldest() {
        int place = (int) ring.first();
        KeyHash key = ring.key(place);
        if (part(key).remove(place)) {
            size.decrementAndGet();
            shares.leave(key);
        }
        ring.remove();
    }

    /** Until when the oldest key of an owner is remembered; one that has a later answer may still stand for it. */
    long oldestUntil(KeyHash ofOwner) {
        long place = ring.first();
        while (place < ring.end() && ring.key((int) place).owner() != ofOwner.owner()) {
            place = KeyRing.after(place);
        }
        return place < ring.end() ? ring.until((int) place) : Long.MIN_VALUE;
    }

    private Part part(KeyHash key) {
        return parts[(int) key.high() & (parts.length - 1)];
    }

    /** Places by hash; 0 = free. */
    private final class Part {
        private static final int LEAST = 8;

        private int[] places = new int[LEAST];
        private int used;

        private synchronized long sequence(KeyHash key, long nowNanos) {
            int place = places[find(key)];
            return place != 0 && ring.until(place) - nowNanos > 0 ? ring.sequence(place) : KeyRing.NO_KEY;
        }

        /** Whether the key is new. */
        private synchronized boolean put(KeyHash key, int place) {
            int slot = find(key);
            boolean isNew = places[slot] == 0;
            places[slot] = place;
            if (isNew && ++used * 8 > places.length * 5) {
                resize(2 * places.length);
            }
            return isNew;
        }

        /** Whether it was there. */
        private synchronized boolean remove(int place) {
            int slot = home(place);
            while (places[slot] != place) {
                if (places[slot] == 0) {
                    return false;
                }
                slot = next(slot);
            }
            closeGap(slot);
            if (--used * 8 < places.length && places.length > LEAST) {
                resize(places.length / 2);
            }
            return true;
        }

        /** Moves up what stands behind a removed place and could not be found across the gap (Knuth 6.4, algorithm R). */
        private void closeGap(int removed) {
            int gap = removed;
            for (int slot = next(gap); places[slot] != 0; slot = next(slot)) {
                if (distance(home(places[slot]), slot) >= distance(gap, slot)) {
                    places[gap] = places[slot];
                    gap = slot;
                }
            }
            places[gap] = 0;
        }

        private int find(KeyHash key) {
            int slot = (int) key.low() & (places.length - 1);
            while (places[slot] != 0 && !ring.has(places[slot], key)) {
                slot = next(slot);
            }
            return slot;
        }

        private void resize(int length) {
            int[] before = places;
            places = new int[length];
            for (int place : before) {
                if (place != 0) {
                    int slot = home(place);
                    while (places[slot] != 0) {
                        slot = next(slot);
                    }
                    places[slot] = place;
                }
            }
        }

        private int home(int place) {
            return ring.bits(place) & (places.length - 1);
        }

        private int next(int slot) {
            return (slot + 1) & (places.length - 1);
        }

        private int distance(int from, int to) {
            return (to - from) & (places.length - 1);
        }
    }
}
