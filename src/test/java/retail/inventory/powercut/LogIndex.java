package retail.inventory.powercut;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.process.WrittenLog;
import tools.jackson.databind.JsonNode;

/** What the log's files say, to be looked up. */
final class LogIndex {

    private final WrittenLog log;
    private final Map<String, Long> quantities = new HashMap<>();
    private final Map<Long, String> eventIds = new HashMap<>();
    private final Map<String, JsonNode> latest = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final List<String> twice = new ArrayList<>();
    private long last;

    LogIndex(WrittenLog log) {
        this.log = log;
        for (JsonNode event : log.events()) {
            String place = place(event);
            String key = key(event);
            quantities.put(Told.atVersion(place, version(event)), qty(event));
            eventIds.put(sequence(event), event.path("eventId").asString());
            latest.merge(place, event, (one, other) -> version(one) > version(other) ? one : other);
            last = Math.max(last, sequence(event));
            if (key != null && !keys.add(key)) {
                twice.add(key);
            }
        }
    }

    int size() {
        return log.events().size();
    }

    @Nullable
    JsonNode event(String eventId) {
        return log.event(eventId);
    }

    /** The latest event of a store's SKU. */
    @Nullable
    JsonNode latest(String place) {
        return latest.get(place);
    }

    @Nullable
    Long quantity(String placeAtVersion) {
        return quantities.get(placeAtVersion);
    }

    @Nullable
    String eventId(long sequence) {
        return eventIds.get(sequence);
    }

    /** The latest sequence. */
    long last() {
        return last;
    }

    boolean isDone(String key) {
        return keys.contains(key);
    }

    /** Keys of which there is more than one event. */
    List<String> twice() {
        return twice;
    }

    static String place(JsonNode event) {
        return event.at("/payload/storeId").asString() + "/"
                + event.at("/payload/sku").asString();
    }

    static long change(JsonNode event) {
        return event.at("/payload").has("delta")
                ? event.at("/payload/delta").asLong()
                : -event.at("/payload/qty").asLong();
    }

    static @Nullable String key(JsonNode event) {
        return event.has("key") ? event.path("key").asString() : null;
    }

    static long sequence(JsonNode event) {
        return event.path("sequence").asLong();
    }

    static long version(JsonNode event) {
        return event.at("/result/version").asLong();
    }

    static long qty(JsonNode event) {
        return event.at("/result/qty").asLong();
    }
}
