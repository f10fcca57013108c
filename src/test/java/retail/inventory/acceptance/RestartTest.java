package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was answered before a restart holds after it. */
class RestartTest {

    private static final String STORE = "STORE001";
    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void keepsStockVersionsAndEntityTags() {
        SERVICE.adjust(STORE, "BANK CHARGES", 10);
        SERVICE.reserve(STORE, "BANK CHARGES", 3);
        SERVICE.adjust(STORE, "85123A", 1);
        SERVICE.adjust(STORE, "85123a", 2);
        SERVICE.adjust("store001", "85123A", 3);
        Reply before = SERVICE.read(STORE, "BANK CHARGES");
        Reply pageBefore = SERVICE.get("/stores/STORE001/inventory");
        Reply otherPageBefore = SERVICE.get("/stores/store001/inventory");
        long sequence = SERVICE.get("/health/readiness").number("durableSequence");

        SERVICE.restart();

        Reply after = SERVICE.read(STORE, "BANK CHARGES");
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("etag")).startsWith("\"2.");
        assertThat(SERVICE.get("/stores/STORE001/inventory").body()).isEqualTo(pageBefore.body());
        assertThat(SERVICE.get("/stores/store001/inventory").body()).isEqualTo(otherPageBefore.body());
        assertThat(SERVICE.get("/health/readiness").number("durableSequence")).isEqualTo(sequence);
        assertThat(SERVICE.read(STORE, "BANK CHARGES", "If-None-Match", "\"2\"").status())
                .isEqualTo(304);
        Reply next = SERVICE.reserve(STORE, "BANK CHARGES", 3, "If-Match", "\"2\"");
        assertThat(next.number("version")).isEqualTo(3);
        assertThat(next.number("sequence")).isEqualTo(sequence + 1);
    }

    @Test
    void keepsTheAnswersOfIdempotencyKeys() {
        Reply created = SERVICE.adjust(STORE, "KEYED", 10, KEY, "delivery-1");
        Reply sold = SERVICE.reserve(STORE, "KEYED", 4, KEY, "sale-1");
        Reply refused = SERVICE.reserve(STORE, "KEYED", 400, KEY, "sale-2");

        SERVICE.restart();

        Reply createdAgain = SERVICE.adjust(STORE, "KEYED", 10, KEY, "delivery-1");
        Reply soldAgain = SERVICE.reserve(STORE, "KEYED", 4, KEY, "sale-1");
        assertThat(createdAgain.status()).isEqualTo(201);
        assertThat(createdAgain.body()).isEqualTo(created.body());
        assertThat(createdAgain.header("etag")).startsWith("\"1.");
        assertThat(createdAgain.header("location")).isEqualTo(created.header("location"));
        assertThat(createdAgain.header("idempotency-replayed")).isEqualTo("true");
        assertThat(soldAgain.status()).isEqualTo(200);
        assertThat(soldAgain.body()).isEqualTo(sold.body());
        assertThat(soldAgain.header("idempotency-replayed")).isEqualTo("true");
        assertThat(SERVICE.reserve(STORE, "KEYED", 5, KEY, "sale-1").isProblem("idempotency-key-reused"))
                .isTrue();
        assertThat(SERVICE.read(STORE, "KEYED").number("qty")).isEqualTo(6);
        assertThat(refused.isProblem("insufficient-stock")).isTrue();
        assertThat(SERVICE.reserve(STORE, "KEYED", 6, KEY, "sale-2").status()).isEqualTo(200);
    }

    /** The log keeps the latest thousand events in memory; older answers come from its files. */
    @Test
    void givesAnswersAgainToTheByteHoweverMuchHappenedSince() {
        Reply first = SERVICE.adjust(STORE, "LONG AGO", 10, KEY, "long-ago");
        for (int i = 0; i < 1100; i++) {
            SERVICE.adjust(STORE, "SINCE", 1);
        }
        requireReplay(first);
        SERVICE.restart();
        requireReplay(first);
    }

    private static void requireReplay(Reply first) {
        Reply again = SERVICE.adjust(STORE, "LONG AGO", 10, KEY, "long-ago");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        for (String name : List.of("content-type", "etag", "location", "inventory-sequence")) {
            assertThat(again.headers().get(name))
                    .as(name)
                    .isEqualTo(first.headers().get(name));
        }
        assertThat(SERVICE.reserve(STORE, "LONG AGO", 1, KEY, "long-ago").isProblem("idempotency-key-reused"))
                .isTrue();
    }

    @Test
    void rebuildsEverythingFromTheLogWhenTheInventoryFilesAreLost() throws Exception {
        SERVICE.adjust("LOGGED", "BANK CHARGES", 10);
        SERVICE.reserve("LOGGED", "BANK CHARGES", 3);
        Reply sold = SERVICE.reserve("LOGGED", "BANK CHARGES", 1, KEY, "logged-sale");
        SERVICE.adjust("LOGGED", "85123a", 2);
        String before = SERVICE.get("/stores/LOGGED/inventory").body();

        SERVICE.restartWithTheLogAlone();

        assertThat(SERVICE.get("/stores/LOGGED/inventory").body()).isEqualTo(before);
        assertThat(SERVICE.reserve("LOGGED", "BANK CHARGES", 1, KEY, "logged-sale")
                        .body())
                .isEqualTo(sold.body());
        assertThat(SERVICE.adjust("LOGGED", "BANK CHARGES", 1).number("version"))
                .isEqualTo(4);
    }

    @Test
    void keepsCountingOverSeveralRestarts() {
        SERVICE.adjust(STORE, "COUNTED", 1);
        for (int version = 2; version <= 4; version++) {
            SERVICE.restart();
            assertThat(SERVICE.adjust(STORE, "COUNTED", 1).number("version")).isEqualTo(version);
        }
        assertThat(SERVICE.read(STORE, "COUNTED").number("qty")).isEqualTo(4);
    }
}
