package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static retail.inventory.lease.LeasesTogether.RENEW_MS;
import static retail.inventory.lease.LeasesTogether.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;
import retail.inventory.lease.LeasesTogether.Player;

/** Sharing, waiting and turns while all processes do as they should. */
class FileLeasesTest {

    @TempDir
    Path temporary;

    private LeasesTogether together;

    @BeforeEach
    void gather() {
        together = new LeasesTogether(temporary.resolve("locks"));
    }

    @AfterEach
    void part() {
        together.close();
    }

    @Test
    void threadsOfOneProcessShareIt() throws IOException {
        Player a = together.join();
        Period first = a.take();
        Period second = a.take();
        first.close();
        assertThat(second.isValid()).isTrue();
        assertThat(a.leases().held()).singleElement().satisfies(held -> {
            assertThat(held.name()).isEqualTo("writer");
            assertThat(held.owner()).isEqualTo(a.id());
            assertThat(held.users()).isEqualTo(1);
            assertThat(held.waiting()).isEmpty();
        });
        second.close();
        assertThat(a.leases().counts().acquired()).isEqualTo(2);
        assertThat(a.leases().counts().contended()).isZero();
    }

    @Test
    void isKeptForTheNextOneUntilItIsNotUsedForAWhile() throws IOException {
        Player a = together.join();
        Period first = a.take();
        first.close();
        a.passes(RENEW_MS - 1);
        a.looksAgain();
        Period second = a.take();
        assertThat(second).as("the same period").isSameAs(first);
        second.close();
        a.passes(1);
        soon().until(() -> together.content().orElseThrow().renewals() == 1);
        a.passes(RENEW_MS);
        soon().until(() -> together.content().isEmpty());
        assertThat(a.leases().held()).isEmpty();
        Period third = a.take();
        assertThat(third).isNotSameAs(first);
        third.close();
        assertThat(a.leases().counts().expired()).isZero();
    }

    @Test
    void tellsWhoWaitsAndNobodyElse() throws IOException {
        Player a = together.join();
        AtomicInteger waits = new AtomicInteger();
        Leases.Lease first = a.leases().take(waits::incrementAndGet);
        assertThat(waits).as("nobody had it, but the directory had to be asked").hasValue(1);
        a.leases().take(waits::incrementAndGet).close();
        assertThat(waits).as("this process has it").hasValue(1);
        first.close();
    }

    @Test
    void otherProcessesGetItInTheOrderTheyCame() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Player c = together.join();
        Period first = a.take();
        CompletableFuture<Period> third = c.takes();
        together.awaitWaiting(c.id());
        CompletableFuture<Period> second = b.takes();
        together.awaitWaiting(c.id(), b.id());
        first.close();
        a.rests();
        third.join().close();
        assertThat(second).isNotDone();
        c.rests();
        Period last = second.join();
        assertThat(together.content()).hasValueSatisfying(content -> {
            assertThat(content.owner()).isEqualTo(b.id());
            assertThat(content.waiting()).isEmpty();
        });
        assertThat(last.isValid()).isTrue();
        last.close();
        assertThat(c.leases().counts().contended()).isOne();
        assertThat(c.leases().counts().waitMaxNanos()).isPositive();
        assertThat(c.leases().counts().stolen()).isZero();
    }

    @Test
    void whenOthersWaitATurnEndsAndThreadsQueueForTheNext() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Period held = a.take();
        a.passes(500); // alone, which is no turn
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        a.looksAgain();
        a.passes(19);
        a.looksAgain();
        a.take().close();
        a.passes(1);
        CompletableFuture<Period> late = a.takesAfterTheTurn();
        assertThat(held.isValid()).isTrue();
        assertThat(waiting).isNotDone();
        held.close();
        Period others = waiting.join();
        assertThat(held.isValid()).as("before it was given away").isFalse();
        together.awaitWaiting(a.id());
        assertThat(late).isNotDone();
        others.close();
        b.rests();
        late.join().close();
        assertThat(a.leases().counts().contended()).isOne();
        assertThat(a.leases().counts().expired()).isZero();
    }

    @Test
    void whoHasNothingToDoGivesWayLongBeforeItsTurnIsOver() throws IOException {
        Player a = together.join();
        Player b = together.join();
        a.take().close();
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        a.looksAgain();
        assertThat(waiting).as("who was just answered may come again").isNotDone();
        a.passes(1);
        waiting.join().close();
    }

    @Test
    void thoseWhoComeAndGoDoNotKeepOthersWaiting() throws Exception {
        Player a = together.join();
        Player b = together.join();
        AtomicBoolean enough = new AtomicBoolean();
        Thread busy = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                a.take().close();
            }
        });
        for (int turn = 0; turn < 3; turn++) {
            CompletableFuture<Period> waiting = b.takes();
            soon().until(() -> {
                a.passes(20);
                return waiting.isDone();
            });
            waiting.join().close();
            soon().until(() -> {
                b.passes(1);
                return together.content().map(content -> content.isOf(a.id())).orElse(false);
            });
        }
        enough.set(true);
        busy.join();
    }

    @Test
    void whoGivesUpIsNotInTheListAnyMore() throws IOException {
        Player a = together.join();
        Player b = together.join(new RealDisk(), 150);
        try (Period _ = a.take()) {
            CompletableFuture<Period> refused = b.takes();
            together.awaitWaiting(b.id());
            LeaseRefusedException e = catchThrowableOfType(LeaseRefusedException.class, b::take);
            assertThat(e.holder()).isEqualTo(a.id());
            assertThat(e.waitedMs()).isBetween(150L, 60_000L);
            soon().until(refused::isCompletedExceptionally);
            together.awaitWaiting();
            assertThat(b.leases().counts().rejected()).isEqualTo(2);
        }
    }

    @Test
    void whatIsHandedToWhoHasGivenUpGoesOn() throws IOException {
        Player b = together.join(new RealDisk(), 150);
        try (var _ = together.stopped("other")) {
            together.write(LeasesTogether.of("other"));
            CompletableFuture<Period> refused = b.takes();
            together.awaitWaiting(b.id());
            together.guarded(
                    () -> { // so that it cannot leave the list
                        soon().until(refused::isCompletedExceptionally);
                        together.write(LeasesTogether.of(b.id()));
                        return "";
                    });
            soon().until(() -> together.content().isEmpty());
        }
    }

    @Test
    void closingGivesItAwayWhoeverUsesIt() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Player c = together.join();
        Period used = a.take();
        CompletableFuture<Period> next = b.takes();
        together.awaitWaiting(b.id());
        CompletableFuture<Period> last = c.takes();
        together.awaitWaiting(b.id(), c.id());

        a.leases().close();
        assertThat(used.isValid()).isFalse();
        assertThat(next.join().isValid()).isTrue();
        c.leases().close();
        soon().until(last::isCompletedExceptionally);
        together.awaitWaiting();
        assertThat(together.owners()).containsExactly(b.id());
        assertThatThrownBy(a::take).isInstanceOf(LeaseRefusedException.class).hasMessageContaining("ending");
        used.close();
        next.join().close();
    }

    @Test
    void withoutLeasesEverythingIsFree() {
        Leases.Lease free = Leases.NONE.take(() -> {
            throw new AssertionError("nobody waits");
        });
        assertThat(free).isSameAs(Leases.NONE.take(() -> {}));
        free.close();
    }
}
