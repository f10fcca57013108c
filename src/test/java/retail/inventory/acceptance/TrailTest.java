package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.access.TrailCheck;
import retail.inventory.files.DiskHook;
import retail.inventory.files.RealDisk;

/** What a service at work, and the commands beside it, leave in the trail. */
class TrailTest {

    private static final AtomicBoolean FULL = new AtomicBoolean();

    private static final DiskHook DISK = (operation, file) -> {
        if (FULL.get()
                && operation == DiskHook.Operation.WRITE
                && file.getFileName().toString().startsWith("trail-")) {
            throw new IOException("No space left on device");
        }
    };

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(DISK, "--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void keys() {
        assertThat(SERVICE.adjust("S1", "K", 10).status()).isEqualTo(201);
        KEYS.create("till", "--role till --store S1");
        KEYS.create("admin", "--role admin");
        await().until(() -> SERVICE.read("S1", "K").status() == 401
                && SERVICE.read("S1", "K", KEYS.as("admin")).status() == 200);
    }

    @AfterEach
    void room() {
        FULL.set(false);
    }

    private static List<String> lines(String act) {
        Path directory = SERVICE.file("").resolve("access");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("trail-2"))
                    .sorted()
                    .flatMap(TrailTest::read)
                    .filter(line -> line.contains("\"act\":\"" + act + "\""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply sync(String... headers) {
        return SERVICE.send("POST", "/sync", BodyPublishers.noBody(), headers);
    }

    @Test
    void aStartAndWhatWasDoneToKeysIsThere() throws IOException {
        assertThat(lines("start")).hasSize(1).first().asString().contains("\"mode\":\"LOCAL\"", "\"settings\":\"");
        assertThat(lines("key-create"))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"by\":\"command\"", "\"name\":\"till\"");
        assertThat(lines("keys-read")).isNotEmpty().last().asString().contains("\"alive\":\"2\"");
        assertThat(TrailCheck.of(new RealDisk(), SERVICE.file(""), null).whole())
                .isTrue();
    }

    @Test
    void aSyncIsThereWhenItIsAnswered() {
        int before = lines("sync").size();
        String[] headers = {"X-Request-Id", "by-hand-1", KEYS.as("admin")[0], KEYS.as("admin")[1]};
        assertThat(sync(headers).status()).isEqualTo(200);
        assertThat(lines("sync")).hasSize(before + 1).last().asString().contains("\"request\":\"by-hand-1\"");
        assertThat(lines("sync").getLast()).doesNotContain("\"by\":\"local\"");
    }

    @Test
    void withoutTheTrailNothingIsSynced() {
        int before = lines("sync").size();
        FULL.set(true);
        Reply reply = sync(KEYS.as("admin"));
        assertThat(reply.isProblem("read-only")).as(reply.toString()).isTrue();
        assertThat(reply.text("detail")).contains("the trail of acts cannot be written");
        assertThat(SERVICE.adjust("S1", "K", 1, KEYS.as("till")).status())
                .as("what is not in the trail goes on")
                .isEqualTo(200);
        FULL.set(false);
        assertThat(lines("sync")).hasSize(before);
        assertThat(sync(KEYS.as("admin")).status()).isEqualTo(200);
    }

    @Test
    void refusalsAreThereSoonOfAPathAndOfABody() {
        double before = forbidden();
        String line = "{\"lines\":[{\"storeId\":\"S2\",\"sku\":\"K\",\"qty\":1}],\"ttlSeconds\":60}";
        Reply inBody = SERVICE.send("POST", "/holds", BodyPublishers.ofString(line), json(KEYS.as("till")));
        assertThat(inBody.isProblem("forbidden")).as(inBody.toString()).isTrue();
        await().untilAsserted(() -> assertThat(forbidden()).isEqualTo(before + 1));
        await().untilAsserted(() -> assertThat(lines("refused"))
                .anyMatch(each -> each.contains("\"operation\":\"reserve\",\"store\":\"S2\"")));
        assertThat(SERVICE.read("S2", "K", KEYS.as("till")).status()).isEqualTo(403);
        await().untilAsserted(() -> assertThat(forbidden()).isEqualTo(before + 2));
        await().untilAsserted(() ->
                assertThat(lines("refused")).anyMatch(each -> each.contains("\"by\":\"address 127.0.0.1\"")));
    }

    private static String[] json(String... as) {
        return new String[] {"Content-Type", "application/json", "Idempotency-Key", "cart-1", as[0], as[1]};
    }

    private static double forbidden() {
        return SERVICE.get("/actuator/prometheus", KEYS.as("admin"))
                .body()
                .lines()
                .filter(line -> line.startsWith("inventory_access_refused_total{reason=\"forbidden\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }
}
