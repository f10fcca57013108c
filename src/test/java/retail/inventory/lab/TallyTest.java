package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import retail.inventory.lab.Findings.Kind;

class TallyTest {

    private static final Order ORDER = new Order("S1", "A", 5, null, "key");

    private final Findings findings =
            new Findings(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private final Tally tally =
            new Tally(findings, Set.of(Tally.READ_ONLY, Tally.OUTCOME_UNKNOWN), Set.of("unknown-sku"));

    @Test
    void countsWhatWasAcceptedAndWhen() {
        tally.answered(ORDER, 100, answer(200, "{\"sequence\":7}"));
        assertThat(tally.acknowledged()).isEqualTo(1);
        assertThat(tally.sequence()).isEqualTo(7);
        assertThat(tally.acceptedSentAfter(99)).isTrue();
        assertThat(tally.acceptedSentAfter(100)).isFalse();
        assertThat(tally.recent()).extracting(Tally.Sent::order).containsExactly(ORDER);
        assertThat(findings.none()).isTrue();
    }

    @Test
    void takesAnOutcomeThatIsUnknownForNoAnswer() {
        tally.answered(ORDER, 0, problem(503, Tally.OUTCOME_UNKNOWN));
        tally.answered(ORDER, 0, problem(503, Tally.READ_ONLY));
        assertThat(tally.withoutAnswer()).isEqualTo(1);
        assertThat(tally.refusals()).isEqualTo(Map.of(Tally.OUTCOME_UNKNOWN, 1, Tally.READ_ONLY, 1));
        assertThat(findings.none()).isTrue();
    }

    @Test
    void acceptsNoOtherProblem() {
        tally.answered(ORDER, 0, problem(409, "insufficient-stock"));
        tally.read("S1/A", problem(404, "unknown-sku"));
        assertThat(findings.none()).isTrue();
        tally.answered(ORDER, 0, problem(500, "internal-error"));
        assertThat(findings.count(Kind.WRONG_ANSWER)).isEqualTo(1);
        tally.read("S1/A", problem(503, "starting"));
        assertThat(findings.count(Kind.FAILED_READ)).isEqualTo(1);
    }

    private static Answer problem(int status, String type) {
        return answer(status, "{\"type\":\"urn:inventory:problem:" + type + "\"}");
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), body);
    }
}
