package retail.inventory.documents;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares an answer with the example that a document has of it: all but times, ids and counts of other work. */
final class ExampleJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** They are different each time, so only their kind is compared. */
    private static final Set<String> DIFFERENT_EACH_TIME = Set.of(
            "updatedAt",
            "expiresAt",
            "eventId",
            "logId",
            "at",
            "ts",
            "position",
            "lagMs",
            "tookMs",
            "requestId",
            "requests",
            "snapshots");

    private ExampleJson() {}

    /** What a command printed from its first line that begins a JSON object, headers left out; null when there is none. */
    static @Nullable JsonNode in(String printed) {
        try {
            return printed.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .map(MAPPER::readTree)
                    .orElse(null);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The first difference, as a sentence; nothing when there is none. */
    static String difference(JsonNode example, JsonNode answer) {
        return difference("", example, answer);
    }

    private static String difference(String path, JsonNode example, JsonNode answer) {
        if (example.getNodeType() != answer.getNodeType()) {
            return path + " is " + answer + ", in the document " + example;
        }
        if (example.isObject()) {
            if (!names(example).equals(names(answer))) {
                return path + " has " + names(answer) + ", in the document " + names(example);
            }
            for (Map.Entry<String, JsonNode> member : example.properties()) {
                String name = member.getKey();
                if (!DIFFERENT_EACH_TIME.contains(name)) {
                    String found = difference(path + "/" + name, member.getValue(), answer.get(name));
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return "";
        }
        if (example.isArray()) {
            if (example.size() != answer.size()) {
                return path + " has " + answer.size() + " elements, in the document " + example.size();
            }
            for (int i = 0; i < example.size(); i++) {
                String found = difference(path + "/" + i, example.get(i), answer.get(i));
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return "";
        }
        return example.equals(answer) ? "" : path + " is " + answer + ", in the document " + example;
    }

    static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }
}
