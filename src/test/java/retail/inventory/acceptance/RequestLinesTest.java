package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What an operator finds in the log about requests: a line for each that was rejected, none for others. */
@Isolated("it changes what the process logs")
class RequestLinesTest {

    private static final SwitchedDisk DISK = new SwitchedDisk();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            DISK,
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.disk.breaker-cooldown-ms=200",
            "--inventory.web.slow-request-ms=60000");

    private LogLines lines;

    @BeforeEach
    void listen() {
        lines = new LogLines();
    }

    @AfterEach
    void leave() {
        lines.close();
    }

    @Test
    void saysNothingAboutWhatIsAccepted() {
        assertThat(SERVICE.adjust("S1", "FINE", 10).status()).isEqualTo(201);
        assertThat(SERVICE.reserve("S1", "FINE", 1).status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "FINE").status()).isEqualTo(200);

        assertThat(lines.with("level", "INFO")).isEmpty();
        assertThat(lines.with("level", "WARN")).isEmpty();
    }

    @Test
    void hasALineForEachRejectedRequestWithEverythingAsAField() {
        SERVICE.adjust("S1", "SHORT", 1);

        SERVICE.reserve("S1", "SHORT", 2, "X-Request-Id", "too-many");

        JsonNode line = lines.of("too-many").getFirst();
        assertThat(lines.of("too-many")).hasSize(1);
        assertThat(line.path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("reason").asString()).isEqualTo("insufficient-stock");
        assertThat(line.path("status").asInt()).isEqualTo(409);
        assertThat(line.path("method").asString()).isEqualTo("POST");
        assertThat(line.path("route").asString()).isEqualTo("/stores/{storeId}/inventory/{sku}/reserve");
        assertThat(line.path("storeId").asString()).isEqualTo("S1");
        assertThat(line.path("sku").asString()).isEqualTo("SHORT");
        assertThat(line.path("client").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("durationMs").isNumber()).isTrue();
    }

    @Test
    void namesTheReasonWhereverTheRefusalComesFrom() {
        assertThat(reasonOf(SERVICE.read("S1", "NOWHERE", "X-Request-Id", "r1"), "r1"))
                .isEqualTo("unknown-sku");
        assertThat(reasonOf(SERVICE.get("/central/skus/NOWHERE", "X-Request-Id", "r2"), "r2"))
                .isEqualTo("unknown-sku");
        assertThat(reasonOf(SERVICE.get("/nowhere", "X-Request-Id", "r3"), "r3"))
                .isEqualTo("no-such-route");
        assertThat(reasonOf(SERVICE.get("/sync", "X-Request-Id", "r4"), "r4")).isEqualTo("method-not-allowed");
        assertThat(reasonOf(SERVICE.get("/health/liveness;x=y", "X-Request-Id", "r5"), "r5"))
                .isEqualTo("invalid-request");
        assertThat(reasonOf(SERVICE.post("/dead-letters/7/replay", "", "X-Request-Id", "r6"), "r6"))
                .isEqualTo("unknown-dead-letter");
        assertThat(reasonOf(SERVICE.get("/stores/a%2Fb/inventory/A", "X-Request-Id", "r7"), "r7"))
                .isEqualTo("invalid-request");
        assertThat(reasonOf(SERVICE.get("/central/skus/A?minSequence=999999", "X-Request-Id", "r8"), "r8"))
                .isEqualTo("events-gone");
    }

    @Test
    void floodsNothing() {
        int sent = 300;
        long start = System.nanoTime();
        for (int i = 0; i < sent; i++) {
            SERVICE.adjust("S1", "\t", 1);
        }
        await().until(() -> written() + leftOut() == sent);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(written()).as("ten a second").isLessThanOrEqualTo(10 * (seconds + 2));
    }

    private long written() {
        return lines.with("reason", "invalid-request").stream()
                .filter(line -> line.has("status"))
                .count();
    }

    private long leftOut() {
        return lines.with("reason", "invalid-request").stream()
                .mapToLong(line -> line.path("leftOut").asLong(0))
                .sum();
    }

    @Test
    void tellsWhyWritesAreRefusedButNotOfEachHealthCheck() {
        SERVICE.adjust("S1", "A", 10);
        long sequence = SERVICE.get("/health/readiness").number("durableSequence");
        DISK.fails("No space left on device", SwitchedDisk.in("wal"));
        SERVICE.reserve("S1", "A", 1, "X-Request-Id", "first");
        SERVICE.reserve("S1", "A", 1, "X-Request-Id", "second");
        int notReady =
                SERVICE.get("/health/readiness", "X-Request-Id", "health").status();
        DISK.works();
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);

        assertThat(notReady).isEqualTo(503);
        assertThat(lines.with("requestId", "health")).isEmpty();
        assertThat(lines.of("first")).singleElement().satisfies(line -> {
            assertThat(line.path("level").asString()).isEqualTo("WARN");
            assertThat(line.path("reason").asString()).isEqualTo("outcome-unknown");
            assertThat(line.path("why").asString()).contains("No space left on device");
        });
        assertThat(lines.of("second")).singleElement().satisfies(line -> {
            assertThat(line.path("reason").asString()).isEqualTo("read-only");
            assertThat(line.path("why").asString()).contains("No space left on device");
        });
        assertThat(linesThatBegin("The log cannot be written"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("sequence").asLong()).isEqualTo(sequence));
        assertThat(linesThatBegin("The log can be written again")).hasSize(1);
        assertThat(lines.with("breaker", "log")).hasSize(2);
    }

    @Test
    void tellsOfAcceptedChangesWhenItsLevelSaysSo() {
        Logger answers = (Logger) LoggerFactory.getLogger("retail.inventory.web.stock.StockAnswers");
        answers.setLevel(Level.DEBUG);
        SERVICE.adjust("S1", "SEEN", 3, "X-Request-Id", "seen");
        answers.setLevel(null);
        SERVICE.adjust("S1", "SEEN", 3, "X-Request-Id", "unseen");

        assertThat(lines.with("requestId", "unseen")).isEmpty();
        assertThat(lines.of("seen")).singleElement().satisfies(line -> {
            assertThat(line.path("level").asString()).isEqualTo("DEBUG");
            assertThat(line.path("sku").asString()).isEqualTo("SEEN");
            assertThat(line.path("sequence").isNumber()).isTrue();
        });
    }

    private List<JsonNode> linesThatBegin(String words) {
        return lines.all().stream()
                .filter(line -> line.path("message").asString().startsWith(words))
                .toList();
    }

    private String reasonOf(Reply reply, String requestId) {
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        assertThat(lines.of(requestId)).hasSize(1);
        return lines.of(requestId).getFirst().path("reason").asString();
    }
}
