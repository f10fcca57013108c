package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures move with what they measure. That they are all there, and what they mean, is of the document about them. */
class MetricsTest {

    private static final SwitchedDisk DISK = new SwitchedDisk();
    private static final String COMMITS = "inventory_commits_total";
    private static final String REJECTIONS = "inventory_rejections_total";
    private static final String COMMIT_COUNT = "inventory_commit_seconds_count";
    private static final String BREAKER = "inventory_breaker_state";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            DISK, "--inventory.admission.rate-limit-rps=0", "--inventory.admission.load-shed-queue-max=1000");

    @AfterEach
    void heal() {
        DISK.works();
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
    }

    private static double commits(String operation, String outcome) {
        return PrometheusText.of(SERVICE).value(COMMITS, "operation", operation, "outcome", outcome);
    }

    private static double rejections(String operation, String reason) {
        return PrometheusText.of(SERVICE).value(REJECTIONS, "operation", operation, "reason", reason);
    }

    private static double now(String name, String... tags) {
        return PrometheusText.of(SERVICE).value(name, tags);
    }

    /** Both lanes: the other one is taken by an {@code Accept} that means the same and looks otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain;q=0.1"})
    void countsChangesByWhatBecameOfThem(String accept) {
        String sku = "COUNTED" + accept.length();
        SERVICE.adjust("S1", sku, 10);
        double accepted = commits("reserve", "accepted");
        double replayed = commits("reserve", "replayed");
        double rejected = commits("reserve", "rejected");
        double short_ = rejections("reserve", "insufficient_stock");
        double timed = now(COMMIT_COUNT, "operation", "reserve");
        double adjusts = commits("adjust", "accepted");

        SERVICE.reserve("S1", sku, 1, "Accept", accept, "Idempotency-Key", sku);
        SERVICE.reserve("S1", sku, 1, "Accept", accept, "Idempotency-Key", sku);
        SERVICE.reserve("S1", sku, 100, "Accept", accept);
        SERVICE.reserve("S1", sku, 1, "Accept", accept);

        assertThat(commits("reserve", "accepted")).isEqualTo(accepted + 2);
        assertThat(commits("reserve", "replayed")).isEqualTo(replayed + 1);
        assertThat(commits("reserve", "rejected")).isEqualTo(rejected + 1);
        assertThat(rejections("reserve", "insufficient_stock")).isEqualTo(short_ + 1);
        assertThat(now(COMMIT_COUNT, "operation", "reserve"))
                .as("commits are timed, and nothing else")
                .isEqualTo(timed + 2);
        assertThat(commits("adjust", "accepted")).as("of the other operation").isEqualTo(adjusts);
    }

    @Test
    void countsRejectionsByTheirReason() {
        SERVICE.adjust("S1", "REASONS", 1, "Idempotency-Key", "reasons");
        double reused = rejections("adjust", "key_reused");
        double conflicts = rejections("adjust", "version_conflict");
        double above = rejections("adjust", "above_maximum");
        double unknown = rejections("reserve", "unknown_sku");
        double rejected = commits("adjust", "rejected");

        assertThat(SERVICE.adjust("S1", "REASONS", 2, "Idempotency-Key", "reasons")
                        .status())
                .isEqualTo(409);
        SERVICE.adjust("S1", "REASONS", 2, "If-Match", "\"7\"");
        SERVICE.adjust("S1", "REASONS", (1L << 53) - 1);
        SERVICE.reserve("S1", "NEVER SEEN", 1);

        assertThat(rejections("adjust", "key_reused")).isEqualTo(reused + 1);
        assertThat(rejections("adjust", "version_conflict")).isEqualTo(conflicts + 1);
        assertThat(rejections("adjust", "above_maximum")).isEqualTo(above + 1);
        assertThat(rejections("reserve", "unknown_sku")).isEqualTo(unknown + 1);
        assertThat(commits("adjust", "rejected")).isEqualTo(rejected + 3);
    }

    @Test
    void tellsRefusedChangesFromThoseWhoseFateIsUnknown() {
        SERVICE.adjust("S1", "FAILING", 10);
        double unknown = commits("reserve", "unknown");
        double unavailable = commits("reserve", "unavailable");
        DISK.fails("Input/output error", SwitchedDisk.in("wal"));

        SERVICE.reserve("S1", "FAILING", 1);
        SERVICE.reserve("S1", "FAILING", 1);

        assertThat(commits("reserve", "unknown")).isEqualTo(unknown + 1);
        assertThat(commits("reserve", "unavailable")).isEqualTo(unavailable + 1);
        assertThat(now("inventory_read_only")).isEqualTo(1);
        assertThat(now(BREAKER, "breaker", "log", "state", "closed")).isZero();
        assertThat(now(BREAKER, "breaker", "log", "state", "open")
                        + now(BREAKER, "breaker", "log", "state", "half_open"))
                .isEqualTo(1);
        assertThat(now(BREAKER, "breaker", "snapshots", "state", "closed")).isEqualTo(1);
    }

    @Test
    void measuresTheLog() {
        SERVICE.adjust("S1", "LOGGED", 1);
        awaitAllCounted();
        double batches = now("inventory_log_batch_events_count");
        double forces = now("inventory_log_fsync_seconds_count");
        double sequence = now("inventory_log_sequence");

        SERVICE.adjust("S1", "LOGGED", 1);
        SERVICE.adjust("S1", "LOGGED", 1);

        assertThat(now("inventory_log_sequence")).isEqualTo(sequence + 2);
        awaitAllCounted();
        assertThat(now("inventory_log_batch_events_count")).isEqualTo(batches + 2);
        assertThat(now("inventory_log_fsync_seconds_count")).isEqualTo(forces + 2);
        assertThat(now("inventory_log_fsync_seconds_sum")).isPositive();
        assertThat(now("inventory_durable_lag_seconds")).isZero();
        await().until(() -> now("inventory_log_segments") > 0 && now("inventory_log_bytes") > 0);
    }

    /** A batch is counted when its changes are answered already. */
    private static void awaitAllCounted() {
        await().until(() -> now("inventory_log_batch_events_sum") == now("inventory_log_sequence"));
    }

    @Test
    void measuresTheRecordsAndTheirFiles() {
        double skus = now("inventory_table_skus");
        double stores = now("inventory_table_stores");
        SERVICE.adjust("NEW-STORE", "HELD", 1, "Idempotency-Key", "held");
        assertThat(now("inventory_table_skus")).isEqualTo(skus + 1);
        assertThat(now("inventory_table_stores")).isEqualTo(stores + 1);
        assertThat(now("inventory_idempotency_keys")).isPositive();
        assertThat(now("inventory_recovery_seconds")).isPositive();
        assertThat(now("inventory_recovery_events")).isZero();
        await().until(() -> now("inventory_checkpoint_behind") == 0);

        DISK.fails("Input/output error", SwitchedDisk.in("inventory").or(SwitchedDisk.in("central")));
        SERVICE.adjust("S1", "HELD", 1);
        assertThat(now("inventory_checkpoint_behind")).isPositive();
        double age = now("inventory_checkpoint_age_seconds");
        await().until(() -> now("inventory_checkpoint_age_seconds") > age + 1);
    }

    @Test
    void measuresTheCentralView() throws IOException {
        double seen = now("inventory_central_visible_seconds_count");
        SERVICE.adjust("S1", "SEEN", 1);
        await().until(() -> now("inventory_central_visible_seconds_count") > seen);
        assertThat(now("inventory_snapshot_behind")).isPositive();
        assertThat(now("inventory_snapshot_age_seconds")).isNotNegative();

        assertThat(now("inventory_feed_subscribers")).isZero();
        try (EventStream stream = EventStream.open(SERVICE, "/events?after=0")) {
            assertThat(stream.next()).isEqualTo(1);
            assertThat(now("inventory_feed_subscribers")).isEqualTo(1);
        }
        await().until(() -> {
            SERVICE.adjust("S1", "SEEN", 1); // a client that has gone is noticed by a write
            return now("inventory_feed_subscribers") == 0;
        });
    }
}
