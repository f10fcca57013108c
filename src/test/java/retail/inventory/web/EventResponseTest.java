package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.journal.DecidedEvents.line;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.DecidedEvents;
import retail.inventory.journal.Event;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.StockKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events as the feed tells them: one form, whatever the type. */
class EventResponseTest {

    private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");
    private static final StockKey A = new StockKey("S1", "A");
    private static final JsonMapper JSON = new JsonMapper();

    private final DecidedEvents decided = new DecidedEvents();

    @Test
    void saysWhatIsHeldAndAvailableOfAChangeThatIsAboutNoHold() {
        assertThat(movements(decided.adjust(T, A, 10)))
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":10,\"qty\":10,\"held\":0,\"available\":10,"
                        + "\"version\":1}]");
        decided.hold(T, "cart", 1000, line("S1", "A", 4));
        JsonNode sale = told(decided.adjust(T, A, -1));
        assertThat(sale.at("/movements").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-1,\"qty\":9,\"held\":4,\"available\":5,"
                        + "\"version\":3}]");
        assertThat(sale.propertyNames()).containsExactly("sequence", "eventId", "ts", "type", "movements", "by");
    }

    @Test
    void saysWhichHoldAnEventIsAbout() {
        decided.adjust(T, A, 10);
        JsonNode placed = told(decided.hold(T, "cart", 1000, line("S1", "A", 4)));
        assertThat(placed.propertyNames())
                .containsExactly(
                        "sequence",
                        "eventId",
                        "ts",
                        "type",
                        "holdId",
                        "holdVersion",
                        "state",
                        "expiresAt",
                        "movements",
                        "by",
                        "reference");
        assertThat(List.of(text(placed, "type"), text(placed, "holdId"), text(placed, "state")))
                .containsExactly("HOLD", "cart", "HELD");
        assertThat(placed.get("holdVersion").asLong()).isEqualTo(1);
        assertThat(text(placed, "expiresAt")).isEqualTo("2026-11-23T10:00:01.000Z");
        assertThat(placed.at("/movements").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":0,\"qty\":10,\"held\":4,\"available\":6,"
                        + "\"version\":2,\"hold\":4}]");

        JsonNode sold = told(decided.confirm(T.plusMillis(999), "cart"));
        assertThat(text(sold, "state")).isEqualTo("CONFIRMED");
        assertThat(sold.has("late")).isFalse();
        assertThat(sold.at("/movements").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-4,\"qty\":6,\"held\":0,\"available\":6,"
                        + "\"version\":3,\"hold\":0}]");
    }

    @Test
    void saysWhichHoldsLapsedAndWhichUnitsWereTakenLate() {
        decided.adjust(T, A, 10);
        decided.hold(T, "cart", 1000, line("S1", "A", 4));
        decided.hold(T, "other", 2000, line("S1", "A", 1));
        JsonNode sale = told(decided.adjust(T.plusMillis(1000), A, -9));
        assertThat(sale.at("/movements").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-9,\"qty\":1,\"held\":1,\"available\":0,"
                        + "\"version\":4,\"lapsed\":[\"cart\"]}]");
        assertThat(sale.has("holdId")).isFalse();
        JsonNode late = told(decided.confirm(T.plusMillis(2000), "other"));
        assertThat(late.get("late").isBoolean()).isTrue();
        assertThat(late.get("late").asBoolean()).isTrue();
    }

    @Test
    void hasNoEndOfAHoldThatHasNone() {
        decided.adjust(T, A, 10);
        JsonNode placed = told(decided.hold(T, "order", HeldUnits.NO_END, line("S1", "A", 4)));
        assertThat(placed.has("expiresAt")).isFalse();
        assertThat(text(placed, "state")).isEqualTo("HELD");
    }

    private static String movements(Event event) {
        return told(event).at("/movements").toString();
    }

    private static String text(JsonNode node, String member) {
        return node.get(member).asString();
    }

    private static JsonNode told(Event event) {
        return JSON.valueToTree(EventResponse.of(event.at(7)));
    }
}
