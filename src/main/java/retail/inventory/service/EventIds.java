package retail.inventory.service;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes event ids: UUID version 7 (RFC 9562, section 5.7), so that they sort by time.
 *
 * @param source gives the calling thread's source of chance
 */
record EventIds(Supplier<? extends RandomGenerator> source) {

    /** Ids that no other process makes. */
    static final EventIds UNIQUE = new EventIds(ThreadLocalRandom::current);

    UUID next(long epochMs) {
        RandomGenerator random = source.get();
        long high = epochMs << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
