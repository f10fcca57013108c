package retail.inventory.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.Facts.State;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log's files read by a second, simpler reader: what counts by the format's own rules, and nothing else.
 *
 * @param states of each SKU all versions
 * @param latest version of each SKU, by {@code store/sku}
 * @param keys of all changes
 * @param repeatedKeys those of more than one
 * @param holds what it says of holds
 */
public record WrittenLog(
        Map<String, Written> byEventId,
        NavigableMap<Long, Written> bySequence,
        Map<State, Written> states,
        Map<String, Written> latest,
        Set<String> keys,
        List<String> repeatedKeys,
        WrittenHolds holds) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SEQUENCE_DIGITS = 20;

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
        WrittenLog log = new WrittenLog(
                new HashMap<>(),
                new TreeMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashSet<>(),
                new ArrayList<>(),
                new WrittenHolds());
        List<Path> segments = segments(dataDir);
        for (int i = 0; i < segments.size(); i++) {
            long end = i + 1 < segments.size() ? first(segments.get(i + 1)) : Long.MAX_VALUE;
            log.readSegment(segments.get(i), end);
        }
        return log;
    }

    /** The segments of a log, oldest first; none when there is no log. */
    public static List<Path> segments(Path dataDir) throws IOException {
        Path wal = dataDir.resolve("wal");
        if (!Files.exists(wal)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(wal)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /** What the group of a pattern finds in the segments, whatever their state. */
    public static List<String> found(Path dataDir, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path segment : segments(dataDir)) {
            Matcher matcher = pattern.matcher(Files.readString(segment, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    /** The event with an id; null when the log has none. */
    public @Nullable Written event(Object eventId) {
        return byEventId.get(eventId.toString());
    }

    /** How many events it has that are about no hold. */
    public int size() {
        return bySequence.size() - holds.size();
    }

    /** The latest sequence. */
    public long last() {
        return bySequence.isEmpty() ? 0 : bySequence.lastKey();
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
        String key = event.has("key") ? event.get("key").asString() : null;
        Written written = null;
        for (JsonNode movement : movements(event)) {
            written = moved(event, movement, key);
            latest.put(written.sku, written);
            states.put(new State(written.sku, written.version), written);
        }
        if (written == null) {
            written = new Written(
                    event.get("sequence").asLong(), event.get("eventId").asString(), "", 0, key, 0, 0);
        }
        if (written.sku.isEmpty() || HoldRecord.isOfHolds(written.sku)) {
            holds.add(event);
        }
        require(byEventId.put(written.eventId, written) == null, "the event id", event);
        bySequence.put(written.sequence, written);
        if (key != null && !keys.add(key)) {
            repeatedKeys.add(key);
        }
    }

    private Written moved(JsonNode event, JsonNode movement, @Nullable String key) {
        JsonNode result = result(event, movement);
        Written now = new Written(
                event.get("sequence").asLong(),
                event.get("eventId").asString(),
                place(movement),
                movement.has("delta") || event.has("movements")
                        ? movement.path("delta").asLong(0)
                        : -movement.get("qty").asLong(),
                key,
                result.get("version").asLong(),
                result.get("qty").asLong());
        Written before = latest.get(now.sku);
        require(now.version == (before == null ? 0 : before.version) + 1, "the version", event);
        long sum = (before == null ? 0 : before.qty) + now.delta;
        require(now.qty == sum && sum >= 0, "the balance", event);
        return now;
    }

    /** What an event did to each of its SKUs; one that is about a single SKU says so in its payload. */
    static Iterable<JsonNode> movements(JsonNode event) {
        return event.has("movements") ? event.get("movements") : List.of(event.get("payload"));
    }

    static JsonNode result(JsonNode event, JsonNode movement) {
        return (event.has("movements") ? movement : event).get("result");
    }

    static String place(JsonNode movement) {
        return movement.get("storeId").asString() + "/" + movement.get("sku").asString();
    }

    static void require(boolean holds, String what, JsonNode event) {
        if (!holds) {
            throw new AssertionError(what + " is wrong in " + event);
        }
    }
}
