package retail.inventory.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The proof of a service that runs somewhere, as Maven's profile {@code prove} asks for; no other build runs it. */
class RunningServiceProof {

    @Test
    void provesTheService() {
        String url = System.getProperty("inventory.prove.url", "http://localhost:3000");
        assertThat(Prove.exitStatus(new String[] {"--base-url", url}, System.out))
                .as("exit status of the proof, whose words are above")
                .isZero();
    }
}
