package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.simulation.ExpectedErrors;

/** When the disk takes no more, what can be served is served, the rest is refused honestly, and it ends by itself. */
@ExtendWith(ExpectedErrors.class)
class ReadOnlyModeTest {

    private static final SwitchedDisk DISK = new SwitchedDisk();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            DISK,
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.disk.retry-base-ms=1",
            "--inventory.central.snapshot-every-events=1",
            "--inventory.disk.breaker-cooldown-ms=200");

    @BeforeAll
    static void prepare() {
        SERVICE.adjust("S1", "A", 10);
    }

    @AfterEach
    void heal() {
        DISK.works();
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Input/output error"})
    void servesReadsAndRefusesWritesUntilTheDiskWorksAgain(String error) {
        long opened = SERVICE.get("/metrics").number("breakerOpen");
        Reply last = SERVICE.adjust("S1", "A", 1, "Idempotency-Key", error.replace(' ', '-'));
        DISK.fails(error, SwitchedDisk.in("wal"));

        Reply first = SERVICE.reserve("S1", "A", 1);
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.isProblem("outcome-unknown"))
                .as("the one that met the fault")
                .isTrue();
        Reply later = SERVICE.reserve("S1", "A", 1);
        assertThat(later.status()).isEqualTo(503);
        assertThat(later.isProblem("read-only")).isTrue();
        assertThat(later.header("retry-after")).isEqualTo("1");

        assertThat(SERVICE.read("S1", "A").number("version")).isEqualTo(last.number("version"));
        assertThat(SERVICE.get("/central/skus/A").number("total")).isEqualTo(last.number("qty"));
        assertThat(SERVICE.get("/events?after=0").status()).isEqualTo(200);
        assertThat(SERVICE.post("/sync", "").status()).isEqualTo(200);
        assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);
        requireNotReady(error);
        assertThat(SERVICE.adjust("S1", "A", 1, "Idempotency-Key", error.replace(' ', '-'))
                        .header("idempotency-replayed"))
                .as("who lost an answer still gets it")
                .isEqualTo("true");

        DISK.works();
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
        Reply after = SERVICE.reserve("S1", "A", 1);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.number("version")).isEqualTo(last.number("version") + 1);
        assertThat(SERVICE.get("/metrics").number("breakerOpen")).isGreaterThan(opened);
        assertThat(breaker("log")).isEqualTo("CLOSED");
    }

    private static void requireNotReady(String error) {
        Reply readiness = SERVICE.get("/health/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.header("retry-after")).isEqualTo("1");
        assertThat(readiness.json().get("readOnly").asBoolean()).isTrue();
        assertThat(readiness.text("reason"))
                .contains("the log cannot be written")
                .contains(error);
        assertThat(breaker("log")).isIn("OPEN", "HALF_OPEN");
        Reply actuator = SERVICE.get("/actuator/health/readiness");
        assertThat(actuator.status()).isEqualTo(503);
        assertThat(actuator.text("status")).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void goesOnWritingStockWhileItsFilesCannotBeWritten() {
        DISK.fails("Input/output error", SwitchedDisk.in("inventory").or(SwitchedDisk.in("central")));
        SERVICE.adjust("S1", "B", 1);
        await().until(() -> {
            SERVICE.adjust("S1", "B", 1);
            return breaker("inventory-files").equals("OPEN")
                    && breaker("snapshots").equals("OPEN");
        });

        Reply readiness = SERVICE.get("/health/readiness");
        assertThat(readiness.status()).as("all is served").isEqualTo(200);
        assertThat(readiness.json().get("problems").propertyNames()).contains("inventory-files", "snapshots");
        assertThat(SERVICE.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(SERVICE.get("/metrics").number("fsRetries")).isPositive();
        assertThat(PrometheusText.textOf(SERVICE))
                .contains("inventory_task_failing{task=\"inventory-files\"} 1.0")
                .contains("inventory_task_failing{task=\"sync\"} 0.0");

        DISK.works();
        await().until(() -> {
            Reply now = SERVICE.get("/health/readiness");
            return now.json().get("problems").isEmpty()
                    && breaker("inventory-files").equals("CLOSED");
        });
        SERVICE.adjust("S1", "B", 1);
        SERVICE.restart();
        assertThat(SERVICE.read("S1", "B").number("qty")).isPositive();
    }

    @Test
    void saysThatTheLogCannotBeReadInsteadOfFailing() {
        SERVICE.restart(); // so that events have to be read from files
        DISK.failsToOpen("Input/output error", SwitchedDisk.in("wal"));

        Reply reply = SERVICE.get("/events?after=0");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.isProblem("unreadable")).as(reply.toString()).isTrue();
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(reply.text("detail")).contains("Input/output error");
        Reply stream = SERVICE.get("/events?after=0", "Accept", "text/event-stream");
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.body()).startsWith("retry: ").contains(": unreadable: ", "Input/output error");
        assertThat(SERVICE.get("/central/skus/A").status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S1", "A", 1).status()).isEqualTo(200);

        DISK.works();
        assertThat(SERVICE.get("/events?after=0").status()).isEqualTo(200);
    }

    @Test
    void opensNoBreakerForMistakesOfClients() throws Exception {
        long opened = SERVICE.get("/metrics").number("breakerOpen");
        List<Reply> unknown = AtOnce.clients(30, client -> SERVICE.reserve("S1", "NEVER-HEARD-OF", 1));
        List<Reply> tooMuch = AtOnce.clients(30, client -> SERVICE.reserve("S1", "A", 1_000_000));

        assertThat(unknown).allMatch(reply -> reply.status() == 404);
        assertThat(tooMuch).allMatch(reply -> reply.status() == 409);
        assertThat(SERVICE.get("/health/readiness").json().get("breakers").valueStream())
                .allMatch(state -> state.asString().equals("CLOSED"));
        assertThat(SERVICE.get("/metrics").number("breakerOpen")).isEqualTo(opened);
    }

    private static String breaker(String name) {
        return SERVICE.get("/health/readiness").json().at("/breakers/" + name).asString();
    }
}
