package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Many holds at once, and what headquarters and followers learn of each. */
@Timeout(120)
class HoldStormsTest {

    private static final long END = 600_000;
    private static final int MANY = 10_000;
    private static final int CLIENTS = 64;
    private static final SetClock CLOCK = new SetClock();

    @RegisterExtension
    static final RunningService SERVICE = CLOCK.service();

    private static final Baskets HOLDS = new Baskets(SERVICE);

    @BeforeEach
    void start() {
        CLOCK.shows(0);
    }

    /** P14, TigerBeetle's window when more than one batch ends at once: ten thousand end in the same millisecond. */
    @Test
    void allUnitsAreFreeWhenTenThousandHoldsEndAtOnce() throws Exception {
        SERVICE.adjust("S1", "P14", MANY);
        AtomicInteger next = new AtomicInteger();
        AtOnce.clients(16, client -> {
            Reply last = SERVICE.read("S1", "P14");
            for (int i = next.getAndIncrement(); i < MANY; i = next.getAndIncrement()) {
                last = HOLDS.place("p14-" + i, "P14", 1);
                assertThat(last.status()).as(last.body()).isEqualTo(201);
            }
            return last;
        });
        HOLDS.requireStock("P14", MANY, MANY);
        CLOCK.shows(END - 1);
        assertThat(HOLDS.place("p14-all", "P14", MANY).status()).isEqualTo(409);
        CLOCK.shows(END);
        Reply all = HOLDS.place("p14-all", "P14", MANY);
        assertThat(all.status()).as(all.toString()).isEqualTo(201);
        HOLDS.requireStock("P14", MANY, MANY);
        assertThat(HOLDS.confirm("p14-0").isProblem("hold-expired")).isTrue();
        assertThat(HOLDS.confirm("p14-all").status()).isEqualTo(200);
        HOLDS.requireStock("P14", 0, 0);
    }

    /** P17, django-oscar PR 4594, Medusa #16285; a minute of it: bin/prove --clients 64 --seconds 60. */
    @Test
    void basketsInOppositeOrdersDoNotWaitForEachOtherForEver() throws Exception {
        SERVICE.adjust("S1", "P17A", CLIENTS / 2);
        SERVICE.adjust("S2", "P17B", CLIENTS / 2);
        String forth = line("S1", "P17A", 1);
        String back = line("S2", "P17B", 1);
        AtomicInteger sold = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtOnce.clients(CLIENTS, client -> {
            Reply last = SERVICE.read("S1", "P17A");
            for (int i = 0; i < 20; i++) {
                String id = "p17-" + client + "-" + i;
                Reply placed = HOLDS.place(id, client % 2 == 0 ? basket(forth, back) : basket(back, forth));
                if (placed.status() == 409) {
                    assertThat(placed.isProblem("insufficient-stock"))
                            .as(placed.body())
                            .isTrue();
                    refused.incrementAndGet();
                    continue;
                }
                boolean confirms = i == client % 20;
                last = confirms ? HOLDS.confirm(id) : HOLDS.release(id);
                assertThat(last.status()).as(last.body()).isEqualTo(200);
                sold.addAndGet(confirms ? 1 : 0);
            }
            return last;
        });
        assertThat(sold.get()).isPositive().isLessThanOrEqualTo(CLIENTS / 2);
        assertThat(refused.get()).isPositive();
        HOLDS.requireStock("S1", "P17A", CLIENTS / 2 - sold.get(), 0);
        HOLDS.requireStock("S2", "P17B", CLIENTS / 2 - sold.get(), 0);
    }

    /** P36, Saleor #19449, Shopware #3449, Magento #33819: whatever changes what is available is told, once. */
    @Test
    void eachChangeIsInTheFeedAndInTheCentralViewOnce() {
        SERVICE.adjust("S1", "P36", 10);
        long before = HOLDS.place("p36-sold", "P36", 1).number("sequence") - 1;
        requireCentral(10, 1);
        HOLDS.confirm("p36-sold");
        requireCentral(9, 0);
        HOLDS.place("p36-released", "P36", 2);
        requireCentral(9, 2);
        HOLDS.release("p36-released");
        requireCentral(9, 0);
        HOLDS.place("p36-ended", "{\"ttlSeconds\":1," + lines(line("S1", "P36", 3)) + "}");
        requireCentral(9, 3);
        CLOCK.shows(1000);
        requireCentral(9, 0);
        await().untilAsserted(() -> assertThat(told(before))
                .containsExactly(
                        "HOLD p36-sold 0 10/1",
                        "CONFIRM p36-sold -1 9/0",
                        "HOLD p36-released 0 9/2",
                        "RELEASE p36-released 0 9/0",
                        "HOLD p36-ended 0 9/3",
                        "EXPIRE p36-ended 0 9/0"));
        requireCentral(9, 0);
        assertThat(SERVICE.post("/sync", "").status()).isEqualTo(200);
        assertThat(told(before)).hasSize(6);
    }

    private static List<String> told(long before) {
        List<String> told = new ArrayList<>();
        for (JsonNode event :
                SERVICE.get("/events?limit=1000&after=" + before).json().get("events")) {
            JsonNode movement = event.at("/movements/0");
            if (movement.get("sku").asString().equals("P36")) {
                told.add(
                        event.get("type").asString() + " " + event.get("holdId").asString() + " "
                                + movement.get("delta") + " " + movement.get("qty") + "/" + movement.get("held"));
            }
        }
        return told;
    }

    private static void requireCentral(long qty, long held) {
        long sequence = SERVICE.get("/health/readiness").number("durableSequence");
        JsonNode sku = SERVICE.get("/central/skus/P36?minSequence=" + sequence).json();
        assertThat(sku.get("total").asLong()).as(sku.toString()).isEqualTo(qty);
        assertThat(sku.get("totalHeld").asLong()).as(sku.toString()).isEqualTo(held);
        assertThat(sku.get("totalAvailable").asLong()).as(sku.toString()).isEqualTo(qty - held);
        HOLDS.requireStock("P36", qty, held);
    }
}
