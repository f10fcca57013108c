package retail.inventory.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.process.Client.Reply;

/** What clients were told is held against the service when it says something else later. */
class ToldTest {

    private static final Order ORDER = new Order("S1", "A", 5, null, "key");
    private static final Reply DONE =
            new Reply(200, false, Map.of("eventId", "e1", "sequence", 7L, "version", 3L, "qty", 12L));

    private final Findings findings =
            new Findings(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private final Told told = new Told(findings);

    @BeforeEach
    void acknowledge() {
        told.answered(ORDER, System.nanoTime(), DONE);
    }

    @Test
    void remembersAnAcknowledgement() {
        assertThat(told.acks())
                .singleElement()
                .satisfies(ack -> assertThat(ack.eventId()).isEqualTo("e1"));
        assertThat(told.sequence()).isEqualTo(7);
        assertThat(told.quantities()).containsExactly(Map.entry("S1/A@3", 12L));
        assertThat(told.eventIds()).containsExactly(Map.entry(7L, "e1"));
        assertThat(findings.none()).isTrue();
    }

    @Test
    void noticesAnotherContentOfAVersion() {
        told.shown("S1/A", 3, 11);
        assertThat(findings.count(Kind.VANISHED)).isEqualTo(1);
    }

    @Test
    void noticesAnotherEventOfASequence() {
        told.event(7, "e2");
        assertThat(findings.count(Kind.VANISHED)).isEqualTo(1);
    }

    @Test
    void noticesThatASkuIsNotThereAnyMore() {
        Reply absent = problem(404, "unknown-sku");
        told.read("S1/A", System.nanoTime(), absent);
        told.read("S2/A", System.nanoTime(), absent);
        assertThat(findings.count(Kind.VANISHED)).isEqualTo(1);
    }

    @Test
    void believesThatASkuWasNotThereWhenItWasAskedFor() {
        long before = System.nanoTime();
        told.shown("S2/B", 1, 1);
        told.read("S2/B", before, problem(404, "unknown-sku"));
        assertThat(findings.none()).isTrue();
    }

    @Test
    void remembersWhatARefusalShows() {
        told.answered(
                ORDER,
                System.nanoTime(),
                new Reply(
                        409,
                        false,
                        Map.of(
                                "type",
                                "urn:inventory:problem:insufficient-stock",
                                "currentVersion",
                                4,
                                "available",
                                2)));
        told.answered(
                ORDER,
                System.nanoTime(),
                new Reply(
                        409,
                        false,
                        Map.of(
                                "type",
                                "urn:inventory:problem:version-conflict",
                                "currentVersion",
                                5,
                                "currentQty",
                                1)));
        assertThat(told.quantities()).containsEntry("S1/A@4", 2L).containsEntry("S1/A@5", 1L);
        assertThat(told.acks()).hasSize(1);
    }

    @Test
    void takesAnOutcomeThatIsUnknownForNoAnswer() {
        told.answered(ORDER, System.nanoTime(), problem(503, "outcome-unknown"));
        told.answered(ORDER, System.nanoTime(), problem(503, "read-only"));
        assertThat(told.unknown()).containsExactly(ORDER);
        assertThat(findings.none()).isTrue();
    }

    @Test
    void acceptsNoOtherProblem() {
        told.answered(ORDER, System.nanoTime(), problem(500, "internal-error"));
        told.read(null, 0, problem(503, "starting"));
        assertThat(findings.count(Kind.WRONG_ANSWER)).isEqualTo(2);
    }

    private static Reply problem(int status, String type) {
        return new Reply(status, false, Map.of("type", "urn:inventory:problem:" + type));
    }
}
