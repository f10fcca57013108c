package retail.inventory.prove;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One SKU as the feed alone leads to it: each movement has to follow from the ones before. */
final class ShelfModel {

    private final String key;
    private final Map<String, Claim> claims = new HashMap<>();
    private long version;
    private long qty;
    private long held;

    /**
     * Units that a hold has.
     *
     * @param ends null = never
     */
    private record Claim(long units, @Nullable Instant ends) {}

    ShelfModel(String key) {
        this.key = key;
    }

    long qty() {
        return qty;
    }

    long held() {
        return held;
    }

    /** Takes the next movement; false when the event's own hold had no units of it before. */
    boolean take(JsonNode event, JsonNode movement) {
        Instant at = Instant.parse(event.path("ts").asString(""));
        long delta = movement.path("delta").asLong();
        require(movement.path("version").asLong(-1) == version + 1, "versions have no gap", event);
        require(movement.path("qty").asLong(-1) == qty + delta, "units on hand add up", event);
        version++;
        qty += delta;
        for (JsonNode lapsed : movement.path("lapsed")) {
            drop(lapsed.asString(""), at, event);
        }
        String holdId = event.path("holdId").asString("");
        boolean had = claims.containsKey(holdId);
        if (movement.has("hold")) {
            if (event.path("type").asString("").equals("EXPIRE")) {
                drop(holdId, at, event);
            }
            set(holdId, movement.path("hold").asLong(-1), event.path("expiresAt"));
        }
        require(movement.path("held").asLong(-1) == held, "what is held is the sum of the holds, " + held, event);
        require(movement.path("available").asLong(-1) == qty - held, "available is what is not held", event);
        require(qty >= held && qty >= 0, "never more is held and sold than there is", event);
        return had;
    }

    /** Gives up a claim whose end has come. */
    private void drop(String holdId, Instant at, JsonNode event) {
        Claim claim = claims.remove(holdId);
        require(claim != null, "only what is held can lapse: " + holdId, event);
        if (claim != null) {
            boolean ended = claim.ends != null && !at.isBefore(claim.ends);
            require(ended, "no hold ends before its end: " + holdId + " at " + claim.ends, event);
            held -= claim.units;
        }
    }

    private void set(String holdId, long units, JsonNode ends) {
        Claim before = claims.remove(holdId);
        held += units - (before == null ? 0 : before.units);
        if (units > 0) {
            claims.put(holdId, new Claim(units, ends.isString() ? Instant.parse(ends.asString()) : null));
        }
    }

    private void require(boolean holds, String what, JsonNode event) {
        if (!holds) {
            throw new ProofFailedException(what + ", but of " + key + " with " + qty + " units, " + held
                    + " of them held, at version " + version + " the feed says " + event);
        }
    }
}
