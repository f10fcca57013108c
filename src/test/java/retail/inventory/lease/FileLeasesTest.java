package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static retail.inventory.lease.LeasesTogether.NAME;
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
    void threadsOfOneProcessShareALease() throws IOException {
        Player a = together.join();
        Leases.Lease first = a.leases().take(NAME, () -> {});
        Leases.Lease second = a.leases().take(NAME, () -> {});
        first.close();
        first.close();
        assertThat(second.isValid()).isTrue();
        assertThat(a.leases().held()).singleElement().satisfies(held -> {
            assertThat(held.name()).isEqualTo(NAME);
            assertThat(held.owner()).isEqualTo(a.id());
            assertThat(held.users()).isEqualTo(1);
        });
        second.close();
        soon().until(() -> together.content().isEmpty());
        assertThat(a.leases().counts().acquired()).isEqualTo(2);
        assertThat(a.leases().counts().contended()).isZero();
    }

    @Test
    void tellsWhoWaitsAndNobodyElse() throws IOException {
        Player a = together.join();
        AtomicInteger waits = new AtomicInteger();
        Leases.Lease first = a.leases().take(NAME, waits::incrementAndGet);
        assertThat(waits).as("nobody had it, but the directory had to be asked").hasValue(1);
        a.leases().take(NAME, waits::incrementAndGet).close();
        assertThat(waits).as("this process has it").hasValue(1);
        first.close();
    }

    @Test
    void otherProcessesGetItInTheOrderTheyCame() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Player c = together.join();
        Leases.Lease first = a.leases().take(NAME, () -> {});
        CompletableFuture<Leases.Lease> third = c.takes();
        together.awaitWaiting(c.id());
        CompletableFuture<Leases.Lease> second = b.takes();
        together.awaitWaiting(c.id(), b.id());
        first.close();
        third.join().close();
        Leases.Lease last = second.join();
        assertThat(together.content()).hasValueSatisfying(content -> {
            assertThat(content.owner()).isEqualTo(b.id());
            assertThat(content.waiting()).isEmpty();
        });
        assertThat(last.isValid()).isTrue();
        assertThat(c.leases().counts().contended()).isOne();
        assertThat(c.leases().counts().waitMaxNanos()).isPositive();
        assertThat(c.leases().counts().stolen()).isZero();
    }

    @Test
    void whenOthersWaitATurnEndsAndThreadsQueueForTheNext() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Leases.Lease held = a.leases().take(NAME, () -> {});
        CompletableFuture<Leases.Lease> waiting = b.takes();
        together.awaitWaiting(b.id());
        a.leases().take(NAME, () -> {}).close();
        a.passes(21);
        CompletableFuture<Leases.Lease> late = a.takesAfterTheTurn();
        assertThat(held.isValid()).isTrue();
        assertThat(waiting).isNotDone();
        held.close();
        Leases.Lease others = waiting.join();
        together.awaitWaiting(a.id());
        assertThat(late).isNotDone();
        others.close();
        late.join().close();
        assertThat(a.leases().counts().contended()).isOne();
    }

    @Test
    void whoGivesUpIsNotInTheListAnyMore() throws IOException {
        Player a = together.join();
        Player b = together.join(new RealDisk(), 150);
        try (Leases.Lease _ = a.leases().take(NAME, () -> {})) {
            CompletableFuture<Leases.Lease> refused = b.takes();
            together.awaitWaiting(b.id());
            LeaseRefusedException e = catchThrowableOfType(
                    LeaseRefusedException.class, () -> b.leases().take(NAME, () -> {}));
            assertThat(e.holder()).isEqualTo(a.id());
            assertThat(e.lease()).isEqualTo(NAME);
            assertThat(e.waitedMs()).isBetween(150L, 60_000L);
            soon().until(refused::isCompletedExceptionally);
            together.awaitWaiting();
            assertThat(b.leases().counts().rejected()).isEqualTo(2);
        }
        soon().until(() -> together.content().isEmpty());
    }

    @Test
    void whatIsHandedToWhoHasGivenUpGoesOn() throws IOException {
        Player b = together.join(new RealDisk(), 150);
        try (var _ = together.stopped("other")) {
            together.write(LeasesTogether.of("other"));
            CompletableFuture<Leases.Lease> refused = b.takes();
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
    void thoseWhoComeAndGoDoNotKeepOthersWaiting() throws Exception {
        Player a = together.join();
        Player b = together.join();
        AtomicBoolean enough = new AtomicBoolean();
        Leases.Lease held = a.leases().take(NAME, () -> {});
        Thread busy = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                a.leases().take("busy", () -> {}).close();
            }
        });
        CompletableFuture<Leases.Lease> waiting = b.takes();
        together.awaitWaiting(b.id());
        a.passes(21);
        CompletableFuture<Leases.Lease> late = a.takesAfterTheTurn();
        enough.set(true);
        busy.join();
        held.close();
        waiting.join().close();
        late.join().close();
    }

    @Test
    void closingGivesEverythingAway() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Leases.Lease used = a.leases().take(NAME, () -> {});
        Leases.Lease other = b.leases().take("other", () -> {});
        CompletableFuture<Leases.Lease> waiting = a.takes("other");
        CompletableFuture<Leases.Lease> next = b.takes();
        together.awaitWaiting(b.id());
        soon().until(() ->
                b.leases().held().stream().anyMatch(held -> held.waiting().contains(a.id())));

        a.leases().close();
        assertThat(used.isValid()).isFalse();
        assertThat(next.join().isValid()).isTrue();
        soon().until(waiting::isCompletedExceptionally);
        assertThat(b.leases().held())
                .allSatisfy(held -> assertThat(held.waiting()).isEmpty());
        assertThat(together.owners()).containsExactly(b.id());
        assertThatThrownBy(() -> a.leases().take(NAME, () -> {}))
                .isInstanceOf(LeaseRefusedException.class)
                .hasMessageContaining("ending");
        used.close();
        other.close();
    }

    @Test
    void namesAreFileNamesThatLeadNowhereElse() throws IOException {
        Player a = together.join();
        for (String name : new String[] {"", "../x", "a/b", ".guard", "a\n", "x".repeat(201)}) {
            assertThatThrownBy(() -> a.leases().take(name, () -> {})).isInstanceOf(IllegalArgumentException.class);
        }
        a.leases()
                .take(Leases.name("s".repeat(64), "B A:N-K_1.".repeat(6)), () -> {})
                .close();
    }

    @Test
    void withoutLeasesEverythingIsFree() {
        Leases.Lease free = Leases.NONE.take(NAME, () -> {});
        assertThat(free).isSameAs(Leases.NONE.take("other", () -> {}));
        free.close();
        assertThat(free.isValid()).isTrue();
    }
}
