package retail.inventory.history;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an answer over HTTP, as openapi.yaml has it, to what a history keeps of it. */
public final class HttpOutcome {

    private static final String PROBLEM = "urn:inventory:problem:";
    private static final JsonMapper JSON = new JsonMapper();

    private HttpOutcome() {}

    /**
     * Tells an operation how it ended.
     *
     * @param replayed whether the answer is marked as the recorded one of an earlier request
     * @return whether it is decided; else it may be sent again, and has not ended when nobody knows what it did
     * @throws AssertionError when the service must never answer so
     */
    public static boolean tell(Operation operation, int status, boolean replayed, String body) {
        JsonNode json = JSON.readTree(body);
        if (status == 200 || status == 201) {
            if (operation.asked().delta() == 0) {
                operation.shown(number(json, "version"), number(json, "qty"));
            } else {
                String eventId = json.path("eventId").asString("");
                long sequence = number(json, "sequence");
                operation.accepted(number(json, "version"), number(json, "qty"), eventId, sequence, replayed);
            }
            return true;
        }
        return problem(operation, status, json, body);
    }

    private static boolean problem(Operation operation, int status, JsonNode json, String body) {
        String type = json.path("type").asString("").replace(PROBLEM, "");
        switch (type) {
            case "unknown-sku", "unknown-store" -> absent(operation);
            case "insufficient-stock" -> refused(operation, Refusal.INSUFFICIENT_STOCK, json, "available");
            case "version-conflict" -> refused(operation, Refusal.VERSION_CONFLICT, json, "currentQty");
            case "above-maximum" -> refused(operation, Refusal.ABOVE_MAXIMUM, json, "currentQty");
            case "idempotency-key-reused" -> operation.keyReused();
            case "invalid-request" -> operation.nothingHappened();
            case "outcome-unknown", "internal-error" -> {
                return false;
            }
            case "rate-limited",
                    "starting",
                    "read-only",
                    "overloaded",
                    "stopping",
                    "locked",
                    "unreadable",
                    "request-timeout" -> {
                operation.nothingHappened();
                return false;
            }
            default -> throw new AssertionError(operation + " was answered by " + status + " " + body);
        }
        return true;
    }

    private static void absent(Operation operation) {
        if (operation.asked().delta() == 0) {
            operation.absent();
        } else {
            operation.refused(Refusal.UNKNOWN_SKU, 0, 0);
        }
    }

    private static void refused(Operation operation, Refusal why, JsonNode json, String qty) {
        operation.refused(why, number(json, "currentVersion"), number(json, qty));
    }

    private static long number(JsonNode json, String member) {
        @Nullable JsonNode value = json.get(member);
        if (value == null || !value.isIntegralNumber()) {
            throw new AssertionError("no number " + member + " in " + json);
        }
        return value.asLong();
    }
}
