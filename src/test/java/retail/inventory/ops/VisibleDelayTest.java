package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;

class VisibleDelayTest {

    private static final long STARTED_MS = 1_000_000;

    private final AtomicLong nowMs = new AtomicLong(STARTED_MS);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VisibleDelay delay = new VisibleDelay(registry, () -> Instant.ofEpochMilli(nowMs.get()));

    @Test
    void isTheTimeSinceTheDecision() {
        nowMs.addAndGet(500);
        delay.visible(decidedAt(STARTED_MS + 470));
        Timer timer = registry.get("inventory.central.visible").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
    }

    /** A start reads events that may be days old: they were not late, the process was not there. */
    @Test
    void leavesOutWhatIsOlderThanTheProcess() {
        delay.visible(decidedAt(STARTED_MS - 1));
        assertThat(registry.get("inventory.central.visible").timer().count()).isZero();
    }

    private static Event decidedAt(long ms) {
        return new Event(1, new UUID(0, 1), ms, Event.ADJUST, "S1", "A", 1, null, 1, 1, null);
    }
}
