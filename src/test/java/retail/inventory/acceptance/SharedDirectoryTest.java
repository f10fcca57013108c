package retail.inventory.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.lease.FileLeases;
import retail.inventory.lease.Leases;

/** What an operator sees of a process that shares its data directory. */
class SharedDirectoryTest {

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService("--inventory.disk.locks-enabled=true", "--inventory.lease.wait-ms=300");

    @Test
    void showsWhoHasTheLease() {
        assertThat(SERVICE.get("/actuator/leases").json().at("/enabled").asBoolean())
                .isTrue();
        try (Leases.Lease _ = SERVICE.bean(FileLeases.class).take(() -> {})) {
            Reply reply = SERVICE.get("/actuator/leases");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().at("/leases/0/name").asString()).isEqualTo("writer");
            assertThat(reply.json().at("/leases/0/owner").asString())
                    .startsWith(ProcessHandle.current().pid() + "-");
            assertThat(reply.json().at("/leases/0/users").asInt()).isEqualTo(1);
            assertThat(reply.json().at("/leases/0/waiting").isEmpty()).isTrue();
        }
        await().until(() -> SERVICE.get("/actuator/leases").json().at("/leases").isEmpty());
    }

    @Test
    void countsAndTimesThem() {
        assertThat(SERVICE.adjust("S1", "counted", 5).status()).isEqualTo(201);
        assertThat(SERVICE.get("/metrics").number("lockAcquired")).isPositive();
        assertThat(PrometheusText.textOf(SERVICE))
                .containsPattern("inventory_lock_wait_seconds_count [1-9]")
                .containsPattern("inventory_lock_wait_seconds_sum [0-9.E-]*[1-9]")
                .containsPattern("inventory_lock_wait_longest_seconds [0-9.E-]*[1-9]");
    }

    /** It stays ready: who balances the load has no better process, for all have the same directory. */
    @Test
    void saysThatLeasesCannotBeHad() throws IOException {
        await().until(() -> SERVICE.get("/actuator/leases").json().at("/leases").isEmpty()); // else it goes on with it
        Path locks = SERVICE.file("locks");
        Path aside = requireNonNull(locks.getParent()).resolve("aside");
        Files.move(locks, aside);
        try {
            assertThat(SERVICE.adjust("S1", "kept", 5).isProblem("locked")).isTrue();
            Reply readiness = SERVICE.get("/health/readiness");
            assertThat(readiness.status()).isEqualTo(200);
            assertThat(readiness.json().at("/problems/leases").asString()).contains("NoSuchFileException");
            assertThat(PrometheusText.textOf(SERVICE)).contains("inventory_task_failing{task=\"leases\"} 1.0");
        } finally {
            Files.move(aside, locks);
        }
        await().until(() -> SERVICE.adjust("S1", "kept", 5).status() == 201);
        assertThat(SERVICE.get("/health/readiness").json().at("/problems").isEmpty())
                .isTrue();
    }

    @Test
    void isNotReadyWhileWhatOthersWriteCannotBeRead() throws IOException {
        assertThat(SERVICE.adjust("S1", "shown", 5).status()).isEqualTo(201);
        Path mark = SERVICE.file("wal/durable");
        byte[] good = Files.readAllBytes(mark);
        Files.write(mark, new byte[good.length]);
        try {
            await().until(() -> SERVICE.get("/health/readiness").status() == 503);
            Reply readiness = SERVICE.get("/health/readiness");
            assertThat(readiness.text("reason")).startsWith("what other processes write cannot be read: ");
            assertThat(readiness.json().at("/problems/others-events").asString())
                    .contains("wal/durable is damaged");
            assertThat(SERVICE.read("S1", "shown").status()).isEqualTo(503);
        } finally {
            Files.write(mark, good);
        }
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
        assertThat(SERVICE.read("S1", "shown").status()).isEqualTo(200);
    }
}
