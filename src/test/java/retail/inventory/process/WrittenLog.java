package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log's files read by a second, simpler reader: what counts by the format's own rules, and nothing else. */
public final class WrittenLog {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, JsonNode> byEventId = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> quantities = new HashMap<>();

    /** Reads the segments of a stopped service, checking that sequences, versions and balances have no gap. */
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
    public @Nullable JsonNode event(String eventId) {
        return byEventId.get(eventId);
    }

    /** All events, in no order. */
    public Collection<JsonNode> events() {
        return byEventId.values();
    }

    int size() {
        return byEventId.size();
    }

    private static long first(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
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
            if (event.get("sequence").asLong() >= end) {
                break;
            }
            assertThat(event.get("sequence").asLong())
                    .as("sequence in %s", segment)
                    .isEqualTo(expected++);
            check(event);
        }
    }

    private void check(JsonNode event) {
        JsonNode payload = event.get("payload");
        String key =
                payload.get("storeId").asString() + "/" + payload.get("sku").asString();
        long change = payload.has("delta")
                ? payload.get("delta").asLong()
                : -payload.get("qty").asLong();
        JsonNode result = event.get("result");
        assertThat(result.get("version").asLong())
                .as("version of %s", key)
                .isEqualTo(versions.getOrDefault(key, 0L) + 1);
        assertThat(result.get("qty").asLong())
                .as("balance of %s", key)
                .isEqualTo(quantities.getOrDefault(key, 0L) + change)
                .isNotNegative();
        versions.put(key, result.get("version").asLong());
        quantities.put(key, result.get("qty").asLong());
        assertThat(byEventId.put(event.get("eventId").asString(), event)).isNull();
    }
}
