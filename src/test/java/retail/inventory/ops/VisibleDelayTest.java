package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import retail.inventory.boot.ClockWatch;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;

class VisibleDelayTest {

    private static final long STARTED_MS = 1_000_000;

    private final AtomicLong nowMs = new AtomicLong(STARTED_MS);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong elapsedMs = new AtomicLong(7_000_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
    private final ClockWatch watch =
            new ClockWatch(clock, () -> TimeUnit.MILLISECONDS.toNanos(elapsedMs.get()), registry);
    private final VisibleDelay delay = new VisibleDelay(registry, clock, watch);

    private void passes(long ms) {
        nowMs.addAndGet(ms);
        elapsedMs.addAndGet(ms);
    }

    @Test
    void isTheTimeSinceTheDecision() {
        passes(500);
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

    @Test
    void leavesOutWhatWasDecidedBeforeTheClockWasSet() {
        for (long leapMs : new long[] {3_600_000, -3_600_000, 86_400_000, -2000}) {
            passes(500);
            long decided = nowMs.get();
            nowMs.addAndGet(leapMs);
            passes(10);
            delay.visible(decidedAt(decided));
            assertThat(registry.get("inventory.central.visible").timer().count())
                    .isZero();
        }
        assertThat(registry.get("inventory.clock.leaps").counter().count()).isEqualTo(4);
        passes(100);
        delay.visible(decidedAt(nowMs.get() - 40));
        assertThat(registry.get("inventory.central.visible").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }

    @Test
    void clockThatIsSlowlyBroughtIntoLineDoesNotLeap() {
        for (int i = 0; i < 5000; i++) {
            passes(2000);
            nowMs.addAndGet(1);
            watch.look();
        }
        assertThat(registry.get("inventory.clock.leaps").counter().count()).isZero();
    }

    private static Event decidedAt(long ms) {
        return Events.event(1, new UUID(0, 1), ms, Event.ADJUST, "S1", "A", 1, null, 1, 1, null);
    }
}
