package retail.inventory.acceptance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service sent back.
 *
 * @param status the HTTP status
 * @param headers values by header name, which is in lower case
 * @param body the text of the body, empty when there is none
 */
public record Reply(int status, Map<String, List<String>> headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The value of a header that must not come twice; null when it did not come. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        if (values.size() > 1) {
            throw new AssertionError(lowerCaseName + " came more than once: " + values);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The body as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A number of the body. */
    public long number(String member) {
        JsonNode value = json().path(member);
        if (!value.isIntegralNumber()) {
            throw new AssertionError("no number " + member + " in " + this);
        }
        return value.asLong();
    }

    /** A text of the body. */
    public String text(String member) {
        JsonNode value = json().path(member);
        if (!value.isString()) {
            throw new AssertionError("no text " + member + " in " + this);
        }
        return value.asString();
    }

    /** Whether this is the problem {@code urn:inventory:problem:<slug>}. */
    public boolean isProblem(String slug) {
        return "application/problem+json".equals(header("content-type"))
                && text("type").equals("urn:inventory:problem:" + slug);
    }
}
