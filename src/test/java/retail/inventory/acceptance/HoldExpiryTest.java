package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;
import static retail.inventory.acceptance.Baskets.requireClosed;
import static retail.inventory.acceptance.Baskets.requireShort;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of a hold is true at its instant, and what comes after it asks for the units again. */
class HoldExpiryTest {

    private static final long END = 600_000;

    private static final SetClock CLOCK = new SetClock();

    @RegisterExtension
    static final RunningService SERVICE = CLOCK.service();

    private static final Baskets HOLDS = new Baskets(SERVICE);

    @BeforeEach
    void start() {
        CLOCK.shows(0);
    }

    @Test
    void unitsAreFreeAtTheInstantAndNoSooner() {
        SERVICE.adjust("S1", "ONE", 1);
        Reply first = HOLDS.place("one-1", "ONE", 1);
        assertThat(first.text("expiresAt")).isEqualTo("2026-11-22T10:10:00.000Z");
        CLOCK.shows(END - 1);
        requireShort(HOLDS.place("one-2", "ONE", 1), "insufficient-stock", "ONE 1/0");
        CLOCK.shows(END);
        assertThat(HOLDS.hold("one-1").text("state")).isEqualTo("EXPIRED");
        assertThat(HOLDS.place("one-2", "ONE", 1).status()).isEqualTo(201);
        CLOCK.shows(END + 1);
        requireShort(HOLDS.confirm("one-1"), "hold-expired", "ONE 1/0");
        HOLDS.requireStock("ONE", 1, 1);

        CLOCK.shows(END - 3_600_000); // what relied on the end stands, whatever the clock says
        requireShort(HOLDS.confirm("one-1"), "hold-expired", "ONE 1/0");
        assertThat(HOLDS.hold("one-1").text("state")).isEqualTo("EXPIRED");
        assertThat(HOLDS.confirm("one-2").text("state")).isEqualTo("CONFIRMED");
        HOLDS.requireStock("ONE", 0, 0);
    }

    /** BigNeon #1189, fossunited PR 1698: the money comes a millisecond late. */
    @Test
    void aLateConfirmGetsWhatIsStillThere() {
        SERVICE.adjust("S1", "LATE", 1);
        HOLDS.place("late", "LATE", 1);
        CLOCK.shows(END + 1);
        Reply late = HOLDS.confirm("late");
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.json().get("late").asBoolean()).isTrue();
        assertThat(late.text("state")).isEqualTo("CONFIRMED");
        HOLDS.requireStock("LATE", 0, 0);
        assertThat(HOLDS.hold("late").json().get("late").asBoolean()).isTrue();
        assertThat(HOLDS.confirm("late").header("idempotency-replayed")).isEqualTo("true");
    }

    @Test
    void aLateConfirmTakesNothingWhenAnyOfItIsGone() {
        SERVICE.adjust("S1", "GONE", 1);
        SERVICE.adjust("S1", "THERE", 1);
        HOLDS.place("gone", "{" + lines(line("S1", "GONE", 1), line("S1", "THERE", 1)) + "}");
        CLOCK.shows(END);
        assertThat(SERVICE.reserve("S1", "GONE", 1).status()).isEqualTo(200);
        Reply refused = HOLDS.confirm("gone");
        requireShort(refused, "hold-expired", "GONE 1/0");
        assertThat(refused.text("detail")).contains("1 of 2 lines is short.");
        HOLDS.requireStock("GONE", 0, 0);
        HOLDS.requireStock("THERE", 1, 0);
        SERVICE.adjust("S1", "GONE", 1);
        assertThat(HOLDS.confirm("gone").json().get("late").asBoolean()).isTrue();
    }

    /** DynamoDB's guide to its TTL, Commercetools' Expired: a read before anybody has written the end. */
    @Test
    void aReadAtTheEndSaysSoAndNoCopyWillDo() {
        SERVICE.adjust("S1", "READ", 5);
        HOLDS.place("read", "READ", 3);
        String tag = String.valueOf(SERVICE.read("S1", "READ").header("etag"));
        String holdTag = String.valueOf(HOLDS.hold("read").header("etag"));
        CLOCK.shows(END - 1);
        assertThat(SERVICE.read("S1", "READ", "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(SERVICE.get("/stores/S1/inventory?sku=READ", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        assertThat(SERVICE.get("/holds/read", "If-None-Match", holdTag).status())
                .isEqualTo(304);
        HOLDS.requireStock("READ", 5, 3);
        CLOCK.shows(END);
        assertThat(SERVICE.read("S1", "READ", "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(SERVICE.get("/stores/S1/inventory?sku=READ", "If-None-Match", tag)
                        .status())
                .isEqualTo(200);
        assertThat(SERVICE.get("/holds/read", "If-None-Match", holdTag).status())
                .isEqualTo(200);
        HOLDS.requireStock("READ", 5, 0);
        Reply page = SERVICE.get("/stores/S1/inventory?after=READ!&limit=1000");
        assertThat(page.status()).isEqualTo(200);
        assertThat(SERVICE.get("/stores/S1/inventory/READ/holds").json().get("holds"))
                .isEmpty();
    }

    @Test
    void anEndIsPutOffFromNowOn() {
        SERVICE.adjust("S1", "LONGER", 1);
        HOLDS.place("longer", "LONGER", 1);
        CLOCK.shows(END - 1);
        Reply longer = HOLDS.extend("longer", 60);
        assertThat(longer.status()).isEqualTo(200);
        assertThat(longer.text("expiresAt")).isEqualTo("2026-11-22T10:10:59.999Z");
        CLOCK.shows(END + 59_998);
        assertThat(HOLDS.hold("longer").text("state")).isEqualTo("HELD");
        CLOCK.shows(END + 59_999);
        assertThat(HOLDS.extend("longer", 60).status()).as("asked for again").isEqualTo(200);
        HOLDS.requireStock("LONGER", 1, 1);
        CLOCK.shows(END + 120_000);
        SERVICE.reserve("S1", "LONGER", 1);
        requireShort(HOLDS.extend("longer", 60), "hold-expired", "LONGER 1/0");
        requireShort(HOLDS.place("longer", "LONGER", 1), "insufficient-stock", "LONGER 1/0");
        SERVICE.adjust("S1", "LONGER", 1);
        assertThat(HOLDS.place("longer", "LONGER", 1).status()).isEqualTo(200);
        HOLDS.requireStock("LONGER", 1, 1);
    }

    @Test
    void aHoldLastsThirtyOneDaysAtMost() {
        SERVICE.adjust("S1", "MONTH", 1);
        HOLDS.place("month", "MONTH", 1);
        CLOCK.shows(500_000);
        assertThat(HOLDS.extend("month", 2_678_400).text("expiresAt")).isEqualTo("2026-12-23T10:00:00.000Z");
    }

    @Test
    void whatTheCustomerGaveUpIsNotTakenByALatePayment() {
        SERVICE.adjust("S1", "GIVEN-UP", 1);
        HOLDS.place("given-up", "GIVEN-UP", 1);
        CLOCK.shows(END);
        assertThat(HOLDS.release("given-up").text("state")).isEqualTo("RELEASED");
        requireClosed(HOLDS.confirm("given-up"), "RELEASED");
        HOLDS.requireStock("GIVEN-UP", 1, 0);
    }

    @Test
    void anOrderHasNoEnd() {
        SERVICE.adjust("S1", "ORDER", 1);
        String order = "{\"ttlSeconds\":null,\"reference\":\"ORDER-1\"," + lines(line("S1", "ORDER", 1)) + "}";
        Reply placed = HOLDS.place("order", order);
        assertThat(placed.json().has("expiresAt")).isFalse();
        CLOCK.shows(1_000_000_000_000L);
        assertThat(HOLDS.hold("order").text("state")).isEqualTo("HELD");
        assertThat(HOLDS.hold("order").text("reference")).isEqualTo("ORDER-1");
        HOLDS.requireStock("ORDER", 1, 1);
    }
}
