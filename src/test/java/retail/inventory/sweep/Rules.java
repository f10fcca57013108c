package retail.inventory.sweep;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every answer has to be, whatever was asked. */
final class Rules {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "urn:inventory:problem:";

    /** The answers of 500 and more that the interface has for a service in good health. */
    private static final Set<String> ABOVE_500 =
            Set.of("501 not-implemented", "505 http-version-not-supported", "503 overloaded", "503 behind");

    private Rules() {}

    /** Which rule an answer breaks; null when none. */
    static @Nullable String brokenBy(SweepAnswer answer, SweepRequest request) {
        if (answer.status() < 200) {
            return "no answer: " + answer.body();
        }
        String id = answer.header("x-request-id");
        if (id == null || !id.matches("[A-Za-z0-9._-]{1,128}")) {
            return "no X-Request-Id";
        }
        if (answer.header("cache-control") == null) {
            return "not one Cache-Control";
        }
        if (answer.status() < 400) {
            return null;
        }
        if (!"application/problem+json".equals(answer.header("content-type"))) {
            return "an error that is no problem";
        }
        if (request.isHead()) {
            return answer.status() == 500 ? "an internal error" : null;
        }
        JsonNode problem;
        try {
            problem = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            return "a problem that is no JSON";
        }
        String type = problem.path("type").asString("");
        if (!type.startsWith(TYPE)
                || problem.path("title").asString("").isEmpty()
                || problem.path("detail").asString("").isEmpty()
                || problem.path("status").asInt(0) != answer.status()
                || !problem.path("instance").asString("").startsWith("/")) {
            return "a problem that lacks something";
        }
        if (!problem.path("requestId").asString("").equals(id)) {
            return "a problem with another id than X-Request-Id";
        }
        return answer.status() < 500 || ABOVE_500.contains(answer.status() + " " + type.substring(TYPE.length()))
                ? null
                : "an error of the server";
    }
}
