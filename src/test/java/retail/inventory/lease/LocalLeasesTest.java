package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the keeper is told to do, and when. */
class LocalLeasesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LocalLeases leases = new LocalLeases(60_000, new LeaseTally(), nanos::get);

    @Test
    void thoseWhoComeDoNotPutOffTheLookAtThoseWhoAreThere() {
        comes("stays");
        assertThat(leases.next()).hasSize(1);
        leases.lookAgainAfter(1000);

        nanos.set(600);
        comes("first");
        assertThat(leases.next()).extracting(work -> work.lease().name()).containsExactly("first");
        leases.lookAgainAfter(1000);

        nanos.set(1200);
        comes("second");
        assertThat(leases.next())
                .extracting(work -> work.lease().name())
                .containsExactlyInAnyOrder("stays", "first", "second");
        leases.close();
    }

    /** A thread that waits; returns when the keeper has something to do for it. */
    private void comes(String name) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                leases.take(name, () -> {}).close();
            } catch (LeaseRefusedException closed) {
                Thread.currentThread().interrupt(); // nothing more to do
            }
        });
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
