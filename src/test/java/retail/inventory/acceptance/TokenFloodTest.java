package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.access.MadeTokens;
import retail.inventory.access.Tokens;

/** Whoever makes up tokens has no more of them looked at than it may send requests; who was seen before goes on. */
class TokenFloodTest {

    private static final int BURST = 10;

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = new TestIssuer();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=1",
            "--inventory.admission.rate-limit-burst=" + BURST,
            "--inventory.access.jwt-issuer=" + ISSUER.url(),
            "--inventory.access.jwt-audience=" + TestIssuer.AUDIENCE);

    @Test
    void madeUpTokensAreLimitedByAddress() {
        String[] known = ISSUER.as("till");
        assertThat(SERVICE.read("S1", "K", known).status()).isEqualTo(404);
        assertThat(SERVICE.read("S1", "K", known).status())
                .as("remembered, which what came with the first question to the issuer is not")
                .isEqualTo(404);
        MadeTokens made = new MadeTokens(ISSUER.key(), ISSUER.url(), TestIssuer.AUDIENCE, Instant::now);
        String good = made.with(claims -> claims);
        long began = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < 5 * BURST; i++) {
            String forged = good.substring(0, good.length() - 9) + (100_000_000 + i);
            refused +=
                    SERVICE.read("S1", "K", "Authorization", "Bearer " + forged).isProblem("rate-limited") ? 1 : 0;
        }
        long seconds = (System.nanoTime() - began) / 1_000_000_000 + 1;
        assertThat(SERVICE.bean(Tokens.class).count(Tokens.Outcome.REFUSED))
                .as("looked at")
                .isBetween(1L, BURST + seconds);
        assertThat(refused).isGreaterThan(BURST);
        assertThat(SERVICE.read("S1", "K", "Authorization", "Bearer " + good).isProblem("rate-limited"))
                .as("one that nobody saw")
                .isTrue();
        assertThat(SERVICE.read("S1", "K", known).status()).isEqualTo(404);
    }
}
