package retail.inventory.faults;

import java.util.Map;
import java.util.TreeMap;
import retail.inventory.lab.Answer;
import tools.jackson.databind.JsonNode;

/**
 * What {@code /health/readiness} said.
 *
 * @param askedNanos when it was asked
 * @param reason why not ready; empty when it is
 * @param breakers the state of each circuit breaker; empty when the service names none
 */
record Readiness(
        long askedNanos, int status, boolean ready, boolean readOnly, String reason, Map<String, String> breakers) {

    private static final String CLOSED = "CLOSED";
    private static final String OF_THE_LOG = "log";

    static Readiness of(long askedNanos, Answer answer) {
        JsonNode json = answer.json();
        Map<String, String> breakers = new TreeMap<>();
        json.path("breakers")
                .properties()
                .forEach(each -> breakers.put(each.getKey(), each.getValue().asString("")));
        return new Readiness(
                askedNanos,
                answer.status(),
                json.path("ready").asBoolean(false),
                json.path("readOnly").asBoolean(false),
                json.path("reason").asString(""),
                breakers);
    }

    /** Whether status and members say the same. */
    boolean isConsistent() {
        return ready ? status == 200 && !readOnly && reason.isEmpty() : status == 503 && !reason.isBlank();
    }

    /** Whether it says that the log cannot be written, and by its breaker too where there is one. */
    boolean tellsOfTheLog() {
        return !ready && readOnly && !breakers.getOrDefault(OF_THE_LOG, "").equals(CLOSED);
    }

    /** Whether nothing is wrong any more. */
    boolean isGood() {
        return ready && breakers.values().stream().allMatch(CLOSED::equals);
    }
}
