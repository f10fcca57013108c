package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;

/** What the central view says of its age. */
class FreshnessTest {

    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = new Copy(new SimDisk(), feed);

    @AfterEach
    void stops() {
        feed.fails(null);
        feed.afterDurable(() -> {});
        feed.beforeRead(() -> {});
        feed.afterRead(() -> {});
        copy.close();
    }

    @Test
    void hasNoLagWhenItHasEverything() {
        feed.append(event("a", 1));
        copy.central.start(false);
        assertThat(copy.worker.freshness()).isEqualTo(new Freshness(1, Copy.NOW, 0, false));
        feed.commit(event("a", 2));
        copy.worker.sync();
        assertThat(copy.worker.freshness()).isEqualTo(new Freshness(2, Copy.NOW, 0, false));
    }

    @Test
    void neverGetsStaleWhileNothingHappens() {
        feed.append(event("a", 1));
        copy.central.start(false);
        Duration longer = Duration.ofMillis(3 * Copy.BOUND_MS);
        await().during(longer)
                .untilAsserted(
                        () -> assertThat(copy.worker.freshness()).isEqualTo(new Freshness(1, Copy.NOW, 0, false)));
    }

    @Test
    void lagGrowsWhileItIsBehindAndEndsWhenItIsNot() {
        copy.central.start(false);
        feed.fails(new IllegalStateException("no reading"));
        feed.commit(event("a", 1));
        Freshness early = copy.worker.freshness();
        assertThat(early.sequence()).isZero();
        assertThat(early.lagMs()).isPositive();
        await().until(() -> copy.worker.freshness().lagMs() > early.lagMs());

        await().until(() -> copy.worker.freshness().stale());
        Freshness late = copy.worker.freshness();
        assertThat(late.lagMs()).isGreaterThan(Copy.BOUND_MS);
        assertThat(late.at()).isEqualTo(Copy.NOW.minusMillis(late.lagMs()));

        feed.commit(event("a", 2));
        assertThat(copy.worker.freshness().lagMs())
                .as("a later event makes it no younger")
                .isGreaterThanOrEqualTo(late.lagMs());
        feed.fails(null);
        await().until(() -> copy.worker.freshness().equals(new Freshness(2, Copy.NOW, 0, false)));
    }

    @Test
    void isAsOldAsTheLastLookAtAnotherProcessesLog() {
        feed.append(event("a", 1));
        copy.central.start(false);
        feed.lookAgeMs(Copy.BOUND_MS + 1);
        assertThat(copy.worker.freshness())
                .isEqualTo(new Freshness(1, Copy.NOW.minusMillis(Copy.BOUND_MS + 1), Copy.BOUND_MS + 1, true));
        feed.lookAgeMs(0);
        assertThat(copy.worker.freshness().lagMs()).isZero();
    }

    @Test
    void isStaleFromTheBoundOnAndNotBefore() {
        copy.central.start(false);
        feed.fails(new IllegalStateException("no reading"));
        feed.commit(event("a", 1));
        Freshness now = copy.worker.freshness();
        while (now.lagMs() < 3 * Copy.BOUND_MS) {
            assertThat(now.stale()).as("after " + now.lagMs() + " ms").isEqualTo(now.lagMs() > Copy.BOUND_MS);
            now = copy.worker.freshness();
        }
        assertThat(now.stale()).isTrue();
    }

    /** The commit comes between the look that says "all there" and the note that says so. */
    @Test
    void noticesACommitAtTheMomentItCatchesUp() {
        copy.central.start(false);
        AtomicBoolean armed = new AtomicBoolean();
        feed.beforeRead(() -> armed.set(true));
        feed.afterDurable(() -> {
            if (copy.worker.position() == 1 && armed.getAndSet(false)) {
                feed.beforeRead(() -> {});
                feed.fails(new IllegalStateException("no reading any more"));
                feed.commit(event("a", 2));
            }
        });
        feed.commit(event("a", 1));
        await().until(() -> !copy.worker.problem().isEmpty());
        assertThat(copy.worker.freshness().sequence()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(copy.worker.freshness().stale())
                .as("stands still behind the log")
                .isTrue());
    }

    /** A log that is written without a pause always has one event more by the time a batch is applied. */
    @Test
    void isNotStaleWhileItFollowsALogThatNeverRests() {
        AtomicLong version = new AtomicLong();
        copy.central.start(false);
        feed.afterRead(() -> feed.commit(event("a", version.incrementAndGet())));
        feed.commit(event("b", 1));
        long start = System.nanoTime();
        await().until(() -> System.nanoTime() - start > 4_000_000 * Copy.BOUND_MS);
        assertThat(version.get()).as("it follows").isGreaterThan(10);
        await().untilAsserted(() -> assertThat(copy.worker.freshness().stale()).isFalse());
    }
}
