package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An issuer that signs by another key is followed without a restart, and what it signed by one that it took back ends. */
class IssuerKeysChangeTest {

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = new TestIssuer();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static int read(String... token) {
        return SERVICE.read("S1", "K", token).status();
    }

    @Test
    void aNewKeyIsTakenAndTheOldOneEnds() {
        String[] old = ISSUER.as("till");
        assertThat(read(old)).as("let in, and there is no such SKU").isEqualTo(404);
        ISSUER.addKey();
        ISSUER.withdrawOldKeys();
        assertThat(read(old)).as("nobody has told the service").isEqualTo(404);
        assertThat(read(ISSUER.as("till"))).isEqualTo(404);
        assertThat(read(old)).isEqualTo(401);
    }
}
