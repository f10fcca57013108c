package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What else an answer about a hold says, and what its event says of whoever asked. */
class HoldAnswersTest {

    private static final String REPLAYED = "idempotency-replayed";
    private static final SetClock CLOCK = new SetClock();

    @RegisterExtension
    static final RunningService SERVICE = CLOCK.service();

    private static final Baskets HOLDS = new Baskets(SERVICE);

    @BeforeEach
    void stock() {
        CLOCK.shows(0);
        SERVICE.adjust("S1", "A", 100);
    }

    @Test
    void onlyWhatHadHappenedBeforeSaysSoAndItsTagIsTheHolds() {
        Reply placed = HOLDS.place("again", "A", 1);
        assertThat(placed.header(REPLAYED)).isNull();
        Reply longer = HOLDS.extend("again", 60);
        assertThat(longer.header(REPLAYED)).isNull();
        assertThat(longer.header("location")).isNull();
        Reply sold = HOLDS.confirm("again");
        assertThat(sold.header(REPLAYED)).isNull();
        Reply again = HOLDS.confirm("again");
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        assertThat(again.header("etag"))
                .isEqualTo(sold.header("etag"))
                .isEqualTo(HOLDS.hold("again").header("etag"))
                .startsWith("\"3.");
    }

    @Test
    void whoAskedAndWhyIsInTheEvent() {
        String who = "\"reason\":\"WEB\",\"actor\":\"ana\"";
        Reply placed = HOLDS.place("who", "{" + who + "," + lines(line("S1", "A", 2)) + "}");
        requireTold(placed, "HOLD");
        requireTold(SERVICE.post("/holds/who/extend", "{" + who + "}"), "HOLD");
        requireTold(HOLDS.release("who", "{" + who + "," + lines(line("S1", "A", 1)) + "}", "who"), "RELEASE");
        Reply sold = SERVICE.post("/holds/who/confirm", "{" + who + ",\"occurredAt\":\"2026-11-22T09:00:00Z\"}");
        assertThat(requireTold(sold, "CONFIRM").get("occurredAt").asString()).isEqualTo("2026-11-22T09:00:00.000Z");
    }

    @Test
    void aPageOfASkusHoldsIsNoLongerThanAskedForAndLosesNoneThatEndTogether() {
        SERVICE.adjust("S1", "TIES", 10);
        for (String id : List.of("c", "a", "b")) {
            HOLDS.place("tie-" + id, "TIES", 1);
        }
        List<String> told = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = SERVICE.get("/stores/S1/inventory/TIES/holds?limit=2" + after)
                    .json();
            assertThat(page.get("holds").size()).isBetween(1, 2);
            page.get("holds").forEach(hold -> {
                assertThat(hold.get("expiresAt").asString()).isEqualTo("2026-11-22T10:10:00.000Z");
                told.add(hold.get("holdId").asString());
            });
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        assertThat(told).containsExactly("tie-a", "tie-b", "tie-c");
    }

    @Test
    void aHoldOfWhichAPartIsSoldIsShortOfTheRestAlone() {
        SERVICE.adjust("S1", "LEFT", 1);
        HOLDS.place("left", basket(line("S1", "A", 1), line("S1", "LEFT", 1)));
        HOLDS.confirm("left", basket(line("S1", "A", 1)), "left");
        CLOCK.shows(600_000);
        SERVICE.reserve("S1", "LEFT", 1);
        Reply refused = HOLDS.confirm("left");
        Baskets.requireShort(refused, "hold-expired", "LEFT 1/0");
        assertThat(refused.text("detail")).contains("1 of 1 line is short.");
        assertThat(refused.header("etag")).isEqualTo(HOLDS.hold("left").header("etag"));
    }

    private static JsonNode requireTold(Reply reply, String type) {
        assertThat(reply.status()).as(reply.body()).isLessThan(300);
        JsonNode event = SERVICE.get("/events?limit=1&after=" + (reply.number("sequence") - 1))
                .json()
                .at("/events/0");
        assertThat(event.get("type").asString()).isEqualTo(type);
        assertThat(event.get("reason").asString()).isEqualTo("WEB");
        assertThat(event.get("actor").asString()).isEqualTo("ana");
        return event;
    }
}
