package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.access.AccessStartException;

/** Once there was a key, nothing that becomes of the keys opens the service. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessModesTest {

    private static final String FILE = "access/keys.jsonl";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    private static void requireClosed() {
        assertThat(SERVICE.adjust("S1", "K", 1).status()).isEqualTo(401);
        assertThat(SERVICE.get("/central/inventory").status()).isEqualTo(401);
    }

    @Test
    @Order(1)
    void withoutKeysNobodyIsAskedAndWithTheFirstEverybodyIs() {
        assertThat(SERVICE.adjust("S1", "K", 1).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S1", "K", 1, "Authorization", "Basic abc").status())
                .as("somebody else's credentials")
                .isEqualTo(200);
        assertThat(SERVICE.adjust("S1", "K", 1, "Authorization", "Bearer invk_x")
                        .status())
                .as("a key that is none")
                .isEqualTo(401);
        KEYS.create("only", "--role admin");
        await().atMost(Duration.ofSeconds(3))
                .until(() -> SERVICE.read("S1", "K").status() == 401);
        assertThat(SERVICE.read("S1", "K", KEYS.as("only")).status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void aFileThatIsGoneOrDamagedLeavesTheKeysAsTheyWere() throws IOException {
        byte[] whole = Files.readAllBytes(SERVICE.file(FILE));
        Files.delete(SERVICE.file(FILE));
        await().until(
                        () -> SERVICE.get("/health/readiness", KEYS.as("only")).body(),
                        body -> body.contains(" is gone"));
        requireClosed();
        assertThat(SERVICE.read("S1", "K", KEYS.as("only")).status()).isEqualTo(200);

        Files.writeString(SERVICE.file(FILE), "{}\n");
        await().until(
                        () -> SERVICE.get("/health/readiness", KEYS.as("only")).body(),
                        body -> body.contains("access-keys") && !body.contains(" is gone"));
        requireClosed();
        assertThat(SERVICE.get("/health/readiness").body()).isEqualTo("{\"ready\":true}");

        Files.write(SERVICE.file(FILE), whole);
        await().until(
                        () -> SERVICE.get("/health/readiness", KEYS.as("only")).body(),
                        body -> !body.contains("access-keys"));
    }

    @Test
    @Order(3)
    void whoeverRevokesTheLastKeyShutsOutEverybodyAfterARestartToo() {
        KEYS.revoke("only");
        await().atMost(Duration.ofSeconds(3))
                .until(() -> SERVICE.read("S1", "K", KEYS.as("only")).status() == 401);
        requireClosed();
        SERVICE.restart();
        requireClosed();
        assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void itDoesNotStartOnADamagedFile() throws IOException {
        String whole = Files.readString(SERVICE.file(FILE));
        for (String damaged : new String[] {"", "{}\n", whole.replace("\"admin\"", "\"till\"")}) {
            assertThatThrownBy(() -> SERVICE.restartWith(FILE, damaged))
                    .as(damaged)
                    .hasRootCauseInstanceOf(AccessStartException.class);
        }
        SERVICE.restartWith(FILE, whole);
        requireClosed();
    }

    @Test
    @Order(5)
    void itDoesNotStartOnHalfOfWhatTokensNeed() {
        SERVICE.stop();
        for (String half : new String[] {
            "--inventory.access.jwt-issuer=https://id.example",
            "--inventory.access.jwt-audience=inventory",
            "--inventory.access.jwt-jwks=keys.json"
        }) {
            assertThatThrownBy(() -> SERVICE.start(half)).as(half).hasRootCauseInstanceOf(AccessStartException.class);
        }
        SERVICE.start();
        requireClosed();
    }
}
