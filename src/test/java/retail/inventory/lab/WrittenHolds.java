package retail.inventory.lab;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a log says of holds, and of the stock that these are of, played through in the simplest form: of each SKU the units that
 * are there and those that each hold claims. Every claim has to be covered, and every lapse to be true.
 */
final class WrittenHolds {

    private static final long NO_END = Long.MAX_VALUE;

    private final Map<String, Event> byEventId = new HashMap<>();
    private final Map<String, Event> latest = new TreeMap<>();
    private final Map<String, Map<String, Claim>> claims = new HashMap<>();

    /** What a hold claims of a SKU. */
    record Claim(long qty, long endsMs) {}

    /**
     * An event of a hold, or a delivery to the stock that holds are of.
     *
     * @param holdId empty for a delivery
     * @param moved of which SKUs it is
     * @param lines of the hold afterwards: units that are held and confirmed, of those that have any, by SKU
     */
    record Event(
            long sequence,
            String type,
            String holdId,
            long holdVersion,
            String state,
            long endsMs,
            @Nullable String key,
            Set<String> moved,
            Map<String, String> lines) {}

    /** Plays one more. */
    void add(JsonNode event) {
        JsonNode payload = event.get("payload");
        String holdId = payload.path("holdId").asString("");
        long atMs = ms(event.get("ts"));
        long endsMs = payload.has("expiresAt") ? ms(payload.get("expiresAt")) : NO_END;
        Map<String, String> lines = new TreeMap<>();
        Set<String> moved = new HashSet<>();
        for (JsonNode movement : WrittenLog.movements(event)) {
            moved.add(WrittenLog.place(movement));
            play(event, movement, holdId, atMs, endsMs);
            addLine(movement, lines);
        }
        payload.path("unmoved").forEach(line -> addLine(line, lines));
        Event written = new Event(
                event.get("sequence").asLong(),
                event.get("type").asString(),
                holdId,
                payload.path("holdVersion").asLong(0),
                payload.path("state").asString(""),
                endsMs,
                event.has("key") ? event.get("key").asString() : null,
                moved,
                lines);
        byEventId.put(event.get("eventId").asString(), written);
        if (!holdId.isEmpty()) {
            Event before = latest.put(holdId, written);
            WrittenLog.require(
                    written.holdVersion == (before == null ? 0 : before.holdVersion) + 1, "the hold's version", event);
        }
    }

    private void play(JsonNode event, JsonNode movement, String holdId, long atMs, long endsMs) {
        Map<String, Claim> of = claims.computeIfAbsent(WrittenLog.place(movement), place -> new TreeMap<>());
        for (JsonNode lapsed : movement.path("lapsed")) {
            Claim gone = of.remove(lapsed.asString());
            WrittenLog.require(gone != null && gone.endsMs <= atMs, "a lapse", event);
        }
        if (movement.has("hold")) {
            of.remove(holdId);
            long qty = movement.get("hold").asLong();
            WrittenLog.require(qty == 0 || endsMs > atMs, "the end of a claim", event);
            if (qty > 0) {
                of.put(holdId, new Claim(qty, endsMs));
            }
        }
        long held = of.values().stream().mapToLong(Claim::qty).sum();
        JsonNode result = WrittenLog.result(event, movement);
        WrittenLog.require(held == result.path("held").asLong(0), "what is held", event);
        WrittenLog.require(held <= result.get("qty").asLong(), "more is held than there is, it", event);
    }

    private static void addLine(JsonNode line, Map<String, String> lines) {
        long claimed = line.path(line.has("claimed") ? "claimed" : "hold").asLong(0);
        long confirmed = line.path("confirmed").asLong(0);
        if (claimed > 0 || confirmed > 0) {
            lines.put(WrittenLog.place(line), claimed + " held, " + confirmed + " confirmed");
        }
    }

    private static long ms(JsonNode instant) {
        return Instant.parse(instant.asString()).toEpochMilli();
    }

    int size() {
        return byEventId.size();
    }

    @Nullable
    Event event(String eventId) {
        return byEventId.get(eventId);
    }

    Map<String, Event> byEventId() {
        return byEventId;
    }

    /** The latest event of each hold. */
    Map<String, Event> latest() {
        return latest;
    }

    /** How many units of a SKU are claimed by holds that have not ended at a moment. */
    long held(String place, long atMs) {
        return claims.getOrDefault(place, Map.of()).values().stream()
                .filter(claim -> claim.endsMs > atMs)
                .mapToLong(Claim::qty)
                .sum();
    }
}
