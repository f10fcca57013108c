package retail.inventory.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.Disk;
import retail.inventory.files.RealDisk;
import retail.inventory.files.RoleLock;

/** A process that finds another one with the roles: it serves stock, stands by, takes over, and hands over in its turn. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--spring.main.sources=" + SharedDirectory.class.getName(),
            "--inventory.audit.interval-ms=20");

    /** The other process, as far as it matters here. */
    private static @Nullable RoleLock otherFiles;

    private static @Nullable RoleLock otherCentral;

    /** What was in the directories of files at the moment the lock of each role was given back. */
    private static final Map<String, String> LEFT = new ConcurrentHashMap<>();

    /** Makes the data directory a shared one, in which another process is at work already. */
    static class SharedDirectory {

        @Bean
        static BeanPostProcessor shares() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataDirectory data ? shared(data) : bean;
                }
            };
        }

        private static DataDirectory shared(DataDirectory data) {
            try {
                data.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            DataDirectory other = DataDirectory.open(new RealDisk(), data.path(), List.of(), true);
            otherFiles = other.role("files");
            otherCentral = other.role("central");
            return DataDirectory.open(watched(), data.path(), List.of(), true);
        }

        private static Disk watched() {
            RealDisk disk = new RealDisk();
            return (Disk) Proxy.newProxyInstance(
                    Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                        try {
                            Object result = method.invoke(disk, arguments);
                            return result instanceof Optional<?> lock
                                    ? lock.map(held -> left((Path) arguments[0], (Disk.HeldLock) held))
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw requireNonNull(e.getCause());
                        }
                    });
        }

        private static Disk.HeldLock left(Path file, Disk.HeldLock held) {
            return () -> {
                Path data = requireNonNull(file.getParent());
                boolean central = file.getFileName().toString().contains("central");
                LEFT.put(
                        file.getFileName().toString(),
                        central
                                ? names(data.resolve("central"))
                                : Files.readString(data.resolve("inventory/checkpoint")));
                held.close();
            };
        }
    }

    private static String names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return String.join(
                    " ",
                    files.map(Path::getFileName).map(Path::toString).sorted().toList());
        }
    }

    @Test
    @Order(1)
    void servesStockAndIsReady() throws IOException {
        assertThat(SERVICE.adjust("S1", "A", 5).status()).isEqualTo(201);
        assertThat(SERVICE.read("S1", "A").number("qty")).isEqualTo(5);

        Reply ready = SERVICE.get("/health/readiness");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().get("roles").toString()).isEqualTo("{\"central\":\"standby\",\"files\":\"standby\"}");
        assertThat(ready.json().has("central")).isFalse();
        assertThat(SERVICE.get("/actuator/health/readiness").text("status")).isEqualTo("UP");
        assertThat(PrometheusText.textOf(SERVICE))
                .contains("inventory_role{role=\"files\"} 0.0")
                .contains("inventory_role{role=\"central\"} 0.0")
                .contains("inventory_central_behind NaN");
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "/central/skus/A",
                "/central/stores/S1",
                "/central/inventory",
                "/events",
                "/dead-letters",
                "/audit"
            })
    void refusesQueriesOfTheCentralView(String path) {
        Reply reply = SERVICE.get(path);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.isProblem("starting")).isTrue();
        assertThat(reply.text("detail")).contains("stands by");
        assertThat(reply.header("retry-after")).isNotNull();
    }

    /** Who follows the standard would never come back after a 503. */
    @Test
    @Order(2)
    void tellsFollowersToComeBack() {
        Reply stream = SERVICE.get("/events", "Accept", "text/event-stream", "Last-Event-ID", "1");
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("content-type")).startsWith("text/event-stream");
        assertThat(stream.body()).matches("(?s)retry: 2\\d{3}\n: starting: .* stands by\n\n");
    }

    @Test
    @Order(3)
    void writesNoFilesOfAnybodyElse() {
        await().during(Duration.ofMillis(1200)) // a writer would write every half second
                .until(() -> !Files.exists(SERVICE.file("inventory")) && !Files.exists(SERVICE.file("central")));
    }

    @Test
    @Order(4)
    void takesOverTheFiles() {
        requireNonNull(otherFiles).close();
        await().until(() -> Files.exists(SERVICE.file("inventory/checkpoint")));
        assertThat(SERVICE.file("inventory/records-000001.jsonl")).content().contains("\"S1\",\"sku\":\"A\"");
        Reply ready = SERVICE.get("/health/readiness");
        assertThat(ready.json().get("roles").toString()).isEqualTo("{\"central\":\"standby\",\"files\":\"holder\"}");
    }

    @Test
    @Order(5)
    void takesOverTheCentralView() {
        requireNonNull(otherCentral).close();
        await().until(() -> SERVICE.get("/central/skus/A").status() == 200);
        assertThat(SERVICE.get("/central/skus/A").number("total")).isEqualTo(5);
        await().until(() -> SERVICE.get("/audit").number("checked") == 1);
        assertThat(SERVICE.get("/audit").number("mismatches")).isZero();
        assertThat(SERVICE.adjust("S1", "B", 7).status()).isEqualTo(201);
        assertThat(SERVICE.get("/central/skus/B?minSequence=2").number("total")).isEqualTo(7);
        Reply ready = SERVICE.get("/health/readiness");
        assertThat(ready.json().get("roles").toString()).isEqualTo("{\"central\":\"holder\",\"files\":\"holder\"}");
        assertThat(ready.json().at("/central/sequence").asLong()).isEqualTo(2);
        assertThat(PrometheusText.textOf(SERVICE)).contains("inventory_role{role=\"central\"} 1.0");
    }

    /** Who takes over must find what this process wrote last, and must not find it writing. */
    @Test
    @Order(6)
    void givesTheLocksBackAfterTheLastFileAndTheLastSnapshot() {
        SERVICE.adjust("S1", "C", 9);
        SERVICE.stop();
        assertThat(LEFT.get(".files-lock")).contains("\"through\":3").contains("\"records\":3");
        assertThat(LEFT.get(".central-lock")).contains("central-00000000000000000003.json");
    }
}
