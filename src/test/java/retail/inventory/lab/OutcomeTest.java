package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final String OVERLOADED = "HTTP/1.1 503 \r\nRetry-After: 1\r\n"
            + "Content-Type: application/problem+json\r\n\r\n{\"type\":\"urn:inventory:problem:overloaded\"}";

    @Test
    void aRejectionSaysThatItIsOneAndWhenToComeBack() {
        assertThat(outcome(503, OVERLOADED)).isEqualTo(Outcome.REJECTED);
        assertThat(outcome(429, "")).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void anythingElseFailed() {
        assertThat(outcome(500, OVERLOADED)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(503, OVERLOADED.replace("Retry-After", "X"))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(503, OVERLOADED.replace("problem+json", "json"))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(503, OVERLOADED.replace("overloaded", "outcome-unknown")))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void doneOrRefusedIsSeenByTheStatus() {
        assertThat(outcome(200, "")).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcome(201, "")).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcome(409, "")).isEqualTo(Outcome.REFUSED);
    }

    private static Outcome outcome(int status, String text) {
        return Outcome.of(status, () -> text);
    }
}
