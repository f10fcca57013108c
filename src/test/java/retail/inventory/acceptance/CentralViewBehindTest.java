package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.central.SyncWorker;

/** A central view that does not follow: its worker has ended, and the log goes on. */
class CentralViewBehindTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void saysThatItHasNotReachedASequenceThatIsThere() {
        SERVICE.adjust("S1", "A", 1);
        SERVICE.get("/central/inventory?minSequence=1");
        SERVICE.bean(SyncWorker.class).close();
        SERVICE.adjust("S1", "A", 1);

        Reply tooEarly = SERVICE.get("/central/inventory?minSequence=2");

        assertThat(tooEarly.isProblem("behind")).as(tooEarly.toString()).isTrue();
        assertThat(tooEarly.number("sequence")).isEqualTo(1);
        assertThat(tooEarly.header("retry-after")).isEqualTo("1");
        assertThat(SERVICE.get("/central/inventory?minSequence=3").isProblem("events-gone"))
                .as("what the log does not have either")
                .isTrue();
    }
}
