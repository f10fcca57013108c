package retail.inventory.lab;

import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service answered.
 *
 * @param headers their names in lower case; of several of the same name the last
 */
public record Answer(int status, Map<String, String> headers, String body) {

    /** Nothing may be in an answer twice, or behind it. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String PROBLEM = "urn:inventory:problem:";
    private static final int SHOWN = 1000;

    /** Whether the service ends the connection after it. */
    public boolean closesConnection() {
        return "close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }

    /** Whether it is marked as the recorded answer to an earlier request with the same key. */
    public boolean replayed() {
        return headers.containsKey("idempotency-replayed");
    }

    public boolean accepted() {
        return status / 100 == 2;
    }

    public JsonNode json() {
        return json(body);
    }

    /** A text of the service that is JSON. */
    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** A member as text; nothing when it is not there. */
    public String text(String member) {
        JsonNode value = json().path(member);
        return value.isContainer() ? value.toString() : value.asString("");
    }

    /** A member that is a number.
     *
     * @throws AssertionError when it is none */
    public long number(String member) {
        return number(json(), member);
    }

    /** A member that is a number.
     *
     * @throws AssertionError when it is none */
    public static long number(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isIntegralNumber()) {
            throw new AssertionError("no number " + member + " in " + json);
        }
        return value.asLong();
    }

    /** Which problem it tells, without what all have in common; nothing when it is none. */
    public String problem() {
        String type = body.contains(PROBLEM) ? text("type") : "";
        return type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
    }

    @Override
    public String toString() {
        return status + " " + (body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…");
    }
}
