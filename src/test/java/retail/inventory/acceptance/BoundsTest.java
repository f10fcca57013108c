package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many SKUs and stores there may be: new ones beyond it are refused, those there are go on. */
class BoundsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void refusesWhatIsNewBeyondThemAndServesWhatIsThere() {
        SERVICE.restart("--inventory.table.skus-max=5", "--inventory.table.stores-max=3");
        for (String store : new String[] {"S1", "S2", "S3"}) {
            assertThat(SERVICE.adjust(store, "A", 5).status()).isEqualTo(201);
        }
        assertThat(SERVICE.get("/health/readiness").body())
                .contains("\"stores\":\"3 of at most 3 are there (STORES_MAX)");
        Reply store = SERVICE.adjust("S4", "A", 5, "Idempotency-Key", "k-1");
        assertThat(store.isProblem("limit-reached")).as(store.body()).isTrue();
        assertThat(store.text("detail")).contains("store S4", "3 stores", "STORES_MAX");

        assertThat(SERVICE.adjust("S1", "B", 5).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S1", "C", 5, "Idempotency-Key", "k-2").status())
                .isEqualTo(201);
        Reply sku = SERVICE.adjust("S1", "D", 5);
        assertThat(sku.isProblem("limit-reached")).as(sku.body()).isTrue();
        assertThat(sku.text("detail")).contains("SKU D", "5 SKUs", "SKUS_MAX");
        assertThat(SERVICE.get("/health/readiness").status()).isEqualTo(200);
        assertThat(SERVICE.get("/actuator/prometheus", "Accept", "text/plain").body())
                .contains("inventory_table_stores_max 3.0", "inventory_table_skus_max 5.0");

        assertThat(SERVICE.adjust("S1", "A", 1).status()).isEqualTo(200);
        assertThat(SERVICE.reserve("S3", "A", 1).status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S1", "C", 5, "Idempotency-Key", "k-2").status())
                .as("replayed")
                .isEqualTo(201);
        assertThat(SERVICE.reserve("S4", "A", 1).status())
                .as("unknown, as ever")
                .isEqualTo(404);
        assertThat(SERVICE.get("/stores/S4/inventory").status())
                .as("left no trace")
                .isEqualTo(404);

        SERVICE.restart("--inventory.table.skus-max=2", "--inventory.table.stores-max=1");
        assertThat(SERVICE.read("S3", "A").status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S2", "A", 1).status())
                .as("more than may be, and served")
                .isEqualTo(200);
        assertThat(SERVICE.adjust("S2", "B", 1).isProblem("limit-reached")).isTrue();

        SERVICE.restart("--inventory.table.skus-max=100", "--inventory.table.stores-max=100");
        assertThat(SERVICE.adjust("S4", "A", 5, "Idempotency-Key", "k-1").status())
                .as("the same request when there is room")
                .isEqualTo(201);
    }
}
