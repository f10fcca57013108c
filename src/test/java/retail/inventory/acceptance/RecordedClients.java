package retail.inventory.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients of a running service whose requests and answers are recorded. As a {@code @RegisterExtension static} field it
 * fails the class in the end when answers contradict each other. All changes of a SKU have to be made by it.
 */
final class RecordedClients implements AfterAllCallback {

    private static final JsonMapper JSON = new JsonMapper();

    private final RunningService service;
    private final History history = new History();

    RecordedClients(RunningService service) {
        this.service = service;
    }

    @Override
    public void afterAll(ExtensionContext test) {
        history.requireValid();
    }

    Reply adjust(String store, String sku, long delta, String... headers) {
        return post(store, sku, "adjust", "{\"delta\":" + delta + "}", headers);
    }

    Reply reserve(String store, String sku, long qty, String... headers) {
        return post(store, sku, "reserve", "{\"qty\":" + qty + "}", headers);
    }

    /** Changes a SKU as the body and the headers say. */
    Reply post(String store, String sku, String action, String json, String... headers) {
        JsonNode body = JSON.readTree(json);
        long delta = body.path("delta").asLong(-body.path("qty").asLong(0));
        String tag = header("If-Match", headers);
        Long inBody =
                body.has("expectedVersion") ? (Long) body.get("expectedVersion").asLong() : null;
        Long expected = tag == null ? inBody : (Long) Long.parseLong(tag.replaceAll("\"|\\..*", ""));
        Operation operation = history.changes(store + "/" + sku, delta, expected, header("Idempotency-Key", headers));
        return told(operation, service.post(RunningService.path(store, sku) + "/" + action, json, headers));
    }

    Reply read(String store, String sku) {
        Operation operation = history.reads(store + "/" + sku);
        return told(operation, service.read(store, sku));
    }

    private static Reply told(Operation operation, Reply reply) {
        boolean replayed = reply.header("idempotency-replayed") != null;
        boolean _ = HttpOutcome.tell(operation, reply.status(), replayed, reply.body());
        return reply;
    }

    private static @Nullable String header(String name, String... namesAndValues) {
        List<String> all = Arrays.stream(namesAndValues)
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList();
        int at = all.indexOf(name.toLowerCase(Locale.ROOT));
        return at < 0 ? null : namesAndValues[at + 1];
    }
}
