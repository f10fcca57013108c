package retail.inventory.rivals;

import java.util.List;
import java.util.UUID;

/** A hold after a change, as the service answers it. */
record HoldRecord(
        String holdId, String state, String expiresAt, long version, List<Line> lines, UUID eventId, long sequence) {

    /** The body of a change, as the service takes it. */
    record Request(Integer ttlSeconds, List<Asked> lines) {}

    record Asked(String storeId, String sku, long qty) {}

    record Line(String storeId, String sku, long requested, long qty, long confirmed) {}

    static HoldRecord of(String holdId, String state, List<Asked> asked) {
        List<Line> lines = asked.stream()
                .map(line -> new Line(line.storeId(), line.sku(), line.qty(), line.qty(), 0))
                .toList();
        return new HoldRecord(holdId, state, "2026-11-28T00:00:00.000Z", 1, lines, new UUID(1, 2), 1_000_000);
    }
}
