package retail.inventory.web.central;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.Freshness;
import retail.inventory.web.UtcTimes;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the central view to a client, a page of a store at a time. */
final class CentralStream {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int PAGE = 1000;

    private CentralStream() {}

    /**
     * Writes what is in some stores.
     *
     * @param at the instant at which holds count
     */
    static void write(
            CentralInventory view,
            Predicate<String> in,
            Instant at,
            Freshness freshness,
            @Nullable String logId,
            OutputStream out)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("asOf");
            json.writeNumberProperty("sequence", freshness.sequence());
            json.writeStringProperty("at", UtcTimes.text(freshness.at()));
            if (logId != null) {
                json.writeStringProperty("logId", logId);
            }
            json.writeEndObject();
            json.writeNumberProperty("lagMs", freshness.lagMs());
            json.writeBooleanProperty("stale", freshness.stale());
            json.writeObjectPropertyStart("inventory");
            for (String storeId : view.stores()) {
                if (!in.test(storeId)) {
                    continue;
                }
                json.writeObjectPropertyStart(storeId);
                String after = null;
                List<Entry> page = view.page(storeId, null, PAGE);
                while (!page.isEmpty()) {
                    page.forEach(entry -> write(json, entry, at));
                    after = page.getLast().sku();
                    page = view.page(storeId, after, PAGE);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Entry entry, Instant at) {
        long held = entry.held(at);
        json.writeObjectPropertyStart(entry.sku());
        json.writeNumberProperty("qty", entry.qty());
        json.writeNumberProperty("held", held);
        json.writeNumberProperty("available", entry.qty() - held);
        json.writeNumberProperty("version", entry.version());
        json.writeStringProperty("updatedAt", UtcTimes.text(entry.updatedAtMs()));
        json.writeEndObject();
    }
}
