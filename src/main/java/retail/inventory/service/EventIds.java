package retail.inventory.service;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes event ids: UUID version 7 (RFC 9562, section 5.7), so that they sort by time. */
final class EventIds {

    private EventIds() {}

    static UUID next(long epochMs) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = epochMs << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
