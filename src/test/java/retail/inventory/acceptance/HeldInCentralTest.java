package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldSweeper;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;
import tools.jackson.databind.JsonNode;

/** What headquarters sees of units that are set aside, to the instant; nobody writes down that holds end. */
@Timeout(60)
class HeldInCentralTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration LAST_MOMENT = Duration.ofMillis(1);
    private static final HeldClock CLOCK = new HeldClock();

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService(new HeldClock.Installer(CLOCK), "--inventory.admission.rate-limit-rps=0");

    @BeforeAll
    static void nobodySweeps() {
        SERVICE.bean(HoldSweeper.class).close();
    }

    @Test
    void sumsUpWhatIsHeldAndAvailableInAllStores() {
        SERVICE.adjust("SUM-1", "SUMMED", 10);
        SERVICE.adjust("SUM-2", "SUMMED", 5);
        long sequence = place("sum", line("SUM-1", "SUMMED", 3), line("SUM-2", "SUMMED", 5));

        JsonNode sku = get("/central/skus/SUMMED", sequence);
        assertThat(sku.propertyNames())
                .containsExactly("sku", "total", "totalHeld", "totalAvailable", "stores", "asOf", "lagMs", "stale");
        assertThat(numbers(sku, "total", "totalHeld", "totalAvailable")).containsExactly(15L, 8L, 7L);
        assertThat(sku.at("/stores/0").propertyNames())
                .containsExactly("storeId", "qty", "held", "available", "version", "updatedAt");
        assertThat(numbers(sku.at("/stores/0"), "qty", "held", "available")).containsExactly(10L, 3L, 7L);
        assertThat(numbers(sku.at("/stores/1"), "qty", "held", "available")).containsExactly(5L, 5L, 0L);
        JsonNode record = get("/central/stores/SUM-1", sequence).at("/records/0");
        assertThat(record.propertyNames()).containsExactly("sku", "qty", "held", "available", "version", "updatedAt");
        assertThat(numbers(record, "qty", "held", "available")).containsExactly(10L, 3L, 7L);
        JsonNode entry = get("/central/inventory", sequence).at("/inventory/SUM-1/SUMMED");
        assertThat(entry.propertyNames()).containsExactly("qty", "held", "available", "version", "updatedAt");
        assertThat(numbers(entry, "qty", "held", "available")).containsExactly(10L, 3L, 7L);
        release("sum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/ENDS", "/central/stores/ENDING", "/central/inventory"})
    void isExactAtTheInstantOfAnEndAndSaysNoLongerThatNothingChanged(String path) {
        SERVICE.adjust("ENDING", "ENDS", 10);
        String id = "ends" + path.replace('/', '.');
        long sequence = place(id, line("ENDING", "ENDS", 3));
        CLOCK.passes(TTL.minus(LAST_MOMENT));
        Reply before = SERVICE.get(path + "?minSequence=" + sequence);
        String tag = String.valueOf(before.header("etag"));
        assertThat(before.body()).contains("\"held\":3");
        assertThat(SERVICE.get(path, "If-None-Match", tag).status()).isEqualTo(304);

        CLOCK.passes(LAST_MOMENT);
        for (String known : List.of(tag, "*", "W/\"0\"")) {
            Reply ended = SERVICE.get(path, "If-None-Match", known);
            assertThat(ended.status()).as(known).isEqualTo(200);
            assertThat(ended.body()).doesNotContain("\"held\":3");
        }
        String ofEnded = String.valueOf(SERVICE.get(path).header("etag"));
        CLOCK.passes(LAST_MOMENT.negated());
        assertThat(SERVICE.get(path, "If-None-Match", ofEnded).status())
                .as("the clock was set back, the hold counts again")
                .isEqualTo(200);
        assertThat(SERVICE.get(path, "If-None-Match", tag).status()).isEqualTo(304);

        long released = release(id);
        Reply after = SERVICE.get(path + "?minSequence=" + released);
        assertThat(SERVICE.get(path, "If-None-Match", String.valueOf(after.header("etag")))
                        .status())
                .isEqualTo(304);
        CLOCK.passes(TTL);
    }

    @Test
    void theFeedTellsOfHoldsInTheFormOfAllEvents() {
        SERVICE.adjust("FED", "FED", 10);
        long sequence = place("fed", line("FED", "FED", 3));
        JsonNode event =
                SERVICE.get("/events?limit=1&after=" + (sequence - 1)).json().at("/events/0");
        assertThat(event.get("type").asString()).isEqualTo("HOLD");
        assertThat(event.get("holdId").asString()).isEqualTo("fed");
        assertThat(event.at("/movements/0").propertyNames())
                .containsExactly("storeId", "sku", "delta", "qty", "held", "available", "version", "hold");
        release("fed");
    }

    private static JsonNode get(String path, long sequence) {
        return SERVICE.get(path + "?minSequence=" + sequence).json();
    }

    private static List<Long> numbers(JsonNode of, String... members) {
        return List.of(members).stream()
                .map(member -> of.get(member).asLong(-1))
                .toList();
    }

    private static long place(String id, Line... lines) {
        Answer answer = SERVICE.bean(Stock.class)
                .changeHold(
                        (event, at, cause) -> new PlaceHold(
                                id, List.of(lines), TTL.toMillis(), false, Condition.NONE, event, at, cause),
                        Cause.NONE,
                        null);
        return ((Answer.Accepted) answer).sequence();
    }

    private static long release(String id) {
        Answer answer = SERVICE.bean(Stock.class)
                .changeHold((event, at, cause) -> new ReleaseHold(id, null, event, at, cause), Cause.NONE, null);
        return ((Answer.Accepted) answer).sequence();
    }

    private static Line line(String storeId, String sku, long qty) {
        return new Line(new StockKey(storeId, sku), qty, null);
    }
}
