package retail.inventory.central;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a snapshot that is known to be whole. */
final class SnapshotInput {

    private static final JsonFactory JSON = new JsonFactory();

    private SnapshotInput() {}

    /**
     * How far a snapshot goes.
     *
     * @param logId of the log; null when it does not say
     * @param eventId of the event there; null when it does not say
     */
    record End(
            long through, @Nullable String logId, @Nullable UUID eventId) {}

    /**
     * Fills a view.
     *
     * @throws DataDirectoryException when the file has a format that this version does not know
     */
    static End read(InputStream content, CentralInventory view, Path file) {
        long through = 0;
        String logId = null;
        UUID eventId = null;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), content)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "format" -> CentralFiles.requireKnown(json.getIntValue(), file);
                    case "logId" -> logId = json.getString();
                    case "through" -> through = json.getLongValue();
                    case "eventId" -> eventId = UUID.fromString(json.getString());
                    case "stores" -> readStores(json, view);
                    default -> json.skipChildren();
                }
            }
        }
        return new End(through, logId, eventId);
    }

    private static void readStores(JsonParser json, CentralInventory view) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            readLine(json, view);
        }
    }

    private static void readLine(JsonParser json, CentralInventory view) {
        String storeId = "";
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals("storeId")) {
                storeId = json.getString();
            } else {
                for (String sku = json.nextName(); sku != null; sku = json.nextName()) {
                    view.apply(storeId, readEntry(json, sku));
                }
            }
        }
    }

    private static Entry readEntry(JsonParser json, String sku) {
        long qty = 0;
        Holds holds = Holds.NONE;
        long version = 0;
        long updatedAtMs = 0;
        json.nextToken();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "qty" -> qty = json.getLongValue();
                case "holds" -> holds = readHolds(json);
                case "version" -> version = json.getLongValue();
                default -> updatedAtMs = json.getLongValue();
            }
        }
        return new Entry(sku, qty, holds, version, updatedAtMs);
    }

    private static Holds readHolds(JsonParser json) {
        List<HeldUnits> all = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String holdId = "";
            long qty = 0;
            long endsMs = HeldUnits.NO_END;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "holdId" -> holdId = json.getString();
                    case "qty" -> qty = json.getLongValue();
                    default -> endsMs = json.getLongValue();
                }
            }
            all.add(new HeldUnits(holdId, qty, endsMs));
        }
        return Holds.of(all);
    }
}
