package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.access.MadeTokens;

/** An issuer that is not there stops neither the start nor whoever has a key, and its new keys are taken when it is back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IssuerAwayTest {

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = away();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    private static TestIssuer away() {
        TestIssuer issuer = new TestIssuer();
        issuer.stop();
        return issuer;
    }

    private static String made() {
        return new MadeTokens(ISSUER.key(), ISSUER.url(), TestIssuer.AUDIENCE, Instant::now)
                .with(claims -> claims.claim("number", Math.random()));
    }

    private static int read(String token) {
        return SERVICE.read("S1", "K", "Authorization", "Bearer " + token).status();
    }

    @Test
    @Order(1)
    void itStartsAndLetsKeysIn() {
        assertThat(SERVICE.adjust("S1", "K", 1).status())
                .as("nobody made a key, but there is an issuer")
                .isEqualTo(401);
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
        assertThat(SERVICE.adjust("S1", "K", 10, KEYS.as("admin")).status()).isEqualTo(201);
        Reply reply = SERVICE.read("S1", "K", "Authorization", "Bearer " + made());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.isProblem("identity-provider-unavailable")).isTrue();
        assertThat(reply.header("retry-after")).isEqualTo("5");
        String[] follow = {"Accept", "text/event-stream", "Authorization", "Bearer " + made()};
        Reply stream = SERVICE.get("/events", follow);
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.body()).contains("retry: ", ": identity-provider-unavailable: ");
        assertThat(SERVICE.get("/health/readiness", "Authorization", "Bearer " + made())
                        .body())
                .isEqualTo("{\"ready\":true}");
        assertThat(SERVICE.get("/health/readiness", KEYS.as("admin")).body()).contains("access-issuer");
        assertThat(SERVICE.get("/actuator/prometheus", KEYS.as("admin")).body())
                .contains("inventory_access_issuer_away 1.0")
                .containsPattern("inventory_access_tokens_total\\{.*issuer-away.*} [1-9]");
    }

    @Test
    @Order(2)
    void whenItIsBackItsTokensAreTaken() {
        ISSUER.start();
        String token = ISSUER.token("till");
        await().atMost(Duration.ofSeconds(15)).until(() -> read(token) == 200);
        assertThat(SERVICE.get("/health/readiness", KEYS.as("admin")).body()).doesNotContain("access-issuer");
        assertThat(SERVICE.get("/metrics", KEYS.as("admin")).status()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void whenItGoesAwayAgainItsKnownKeysGoOn() {
        String token = ISSUER.token("till");
        assertThat(read(token)).isEqualTo(200);
        ISSUER.stop();
        assertThat(read(token)).isEqualTo(200);
        assertThat(read(made())).as("a token that nobody has seen").isEqualTo(200);
    }
}
