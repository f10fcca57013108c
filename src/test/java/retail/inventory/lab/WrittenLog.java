package retail.inventory.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.Facts.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log's files read by a second, simpler reader: what counts by the format's own rules, and nothing else. */
public final class WrittenLog {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SEQUENCE_DIGITS = 20;

    private final Map<String, Written> byEventId = new HashMap<>();
    private final Map<Long, String> eventIds = new HashMap<>();
    private final Map<State, Long> quantities = new HashMap<>();
    private final Map<String, Written> latest = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final List<String> repeatedKeys = new ArrayList<>();
    private long last;

    /**
     * An event.
     *
     * @param sku whose stock, as {@code store/sku}
     */
    public record Written(
            long sequence,
            String eventId,
            String sku,
            long delta,
            @Nullable String key,
            long version,
            long qty) {}

    /**
     * Reads the segments of a service that has stopped or is not written to.
     *
     * @throws AssertionError when sequences, versions or balances have a gap
     */
    public static WrittenLog read(Path dataDir) throws IOException {
        WrittenLog log = new WrittenLog();
        try (Stream<Path> files = Files.list(dataDir.resolve("wal"))) {
            List<Path> segments = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
            for (int i = 0; i < segments.size(); i++) {
                long end = i + 1 < segments.size() ? first(segments.get(i + 1)) : Long.MAX_VALUE;
                log.readSegment(segments.get(i), end);
            }
        }
        return log;
    }

    /** The event with an id; null when the log has none. */
    public @Nullable Written event(Object eventId) {
        return byEventId.get(eventId.toString());
    }

    /** All events, in no order. */
    public Collection<Written> events() {
        return byEventId.values();
    }

    /** The latest event of a SKU; null when it has none. */
    public @Nullable Written latest(String sku) {
        return latest.get(sku);
    }

    /** What there was at a version. */
    public @Nullable Long quantity(State state) {
        return quantities.get(state);
    }

    /** Which event has a sequence. */
    public @Nullable String eventId(long sequence) {
        return eventIds.get(sequence);
    }

    /** How many events it has. */
    public int size() {
        return byEventId.size();
    }

    /** The latest sequence. */
    public long last() {
        return last;
    }

    /** Whether a request with a key was done. */
    public boolean isDone(String key) {
        return keys.contains(key);
    }

    /** Keys of more than one event. */
    public List<String> repeatedKeys() {
        return repeatedKeys;
    }

    private static long first(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, SEQUENCE_DIGITS));
    }

    private void readSegment(Path segment, long end) throws IOException {
        long expected = first(segment);
        for (String line : Files.readAllLines(segment)) {
            if (line.isEmpty()) {
                break; // room for more
            }
            JsonNode event;
            try {
                event = JSON.readTree(line);
            } catch (JacksonException tornTail) {
                break;
            }
            if (event.has("logId")) {
                continue; // the header
            }
            long sequence = event.get("sequence").asLong();
            if (sequence >= end) {
                break;
            }
            require(sequence == expected++, "the sequence in " + segment, event);
            add(event);
        }
    }

    private void add(JsonNode event) {
        JsonNode payload = event.get("payload");
        JsonNode result = event.get("result");
        Written written = new Written(
                event.get("sequence").asLong(),
                event.get("eventId").asString(),
                payload.get("storeId").asString() + "/" + payload.get("sku").asString(),
                payload.has("delta")
                        ? payload.get("delta").asLong()
                        : -payload.get("qty").asLong(),
                event.has("key") ? event.get("key").asString() : null,
                result.get("version").asLong(),
                result.get("qty").asLong());
        Written before = latest.put(written.sku, written);
        require(written.version == (before == null ? 0 : before.version) + 1, "the version", event);
        long sum = (before == null ? 0 : before.qty) + written.delta;
        require(written.qty == sum && sum >= 0, "the balance", event);
        require(byEventId.put(written.eventId, written) == null, "the event id", event);
        eventIds.put(written.sequence, written.eventId);
        quantities.put(new State(written.sku, written.version), written.qty);
        last = written.sequence;
        if (written.key != null && !keys.add(written.key)) {
            repeatedKeys.add(written.key);
        }
    }

    private static void require(boolean holds, String what, JsonNode event) {
        if (!holds) {
            throw new AssertionError(what + " is wrong in " + event);
        }
    }
}
