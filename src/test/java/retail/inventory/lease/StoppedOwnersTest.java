package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.lease.LeasesTogether.RENEW_MS;
import static retail.inventory.lease.LeasesTogether.TTL_MS;
import static retail.inventory.lease.LeasesTogether.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.RealDisk;
import retail.inventory.lease.LeasesTogether.Player;

/** What is taken from processes that are dead or have stopped, and what those that come back think of it. */
class StoppedOwnersTest {

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
    void anOwnerThatLivesRenews() throws IOException {
        Player a = together.join();
        try (Period held = a.take()) {
            for (int i = 1; i <= 5; i++) {
                long renewals = i;
                a.passes(RENEW_MS);
                soon().until(() -> together.content().orElseThrow().renewals() == renewals);
                a.looksAgain(); // or time would pass before it knows that it has written
            }
            assertThat(held.isValid()).isTrue();
            assertThat(a.leases().counts().expired()).isZero();
        }
    }

    @Test
    void aLeaseThatCannotBeRenewedIsInvalidAndTakenAnew() throws IOException {
        Player a = together.join();
        Period held = a.take();
        CompletableFuture<Period> anew = together.guarded(() -> {
            a.passes(TTL_MS - 1);
            assertThat(held.isValid()).isTrue();
            a.passes(1);
            assertThat(held.isValid()).isFalse();
            return a.takes();
        });
        assertThat(anew.join().isValid()).isTrue();
        assertThat(held.isValid()).isFalse();
        assertThat(a.leases().counts().expired()).isOne();
        held.close();
        assertThat(anew.join().isValid()).isTrue();
        assertThat(together.content()).isPresent();
    }

    @Test
    void anOwnerThatHasStoppedIsWaitedOut() throws IOException {
        Player b = together.join();
        try (var _ = together.stopped("stopped")) {
            together.write(LeasesTogether.of("stopped"));
            CompletableFuture<Period> waiting = b.takes();
            together.awaitWaiting(b.id());
            b.passes(TTL_MS - 1);
            together.guarded(() -> {
                LeaseContent now = together.content().orElseThrow();
                together.write(now.renewed(TTL_MS, now.expires())); // it did something in the last moment
                return "";
            });
            b.looksAgain();
            b.passes(TTL_MS - 1);
            b.looksAgain();
            assertThat(waiting).isNotDone();
            assertThat(b.leases().counts().stolen()).isZero();
            b.passes(1);
            assertThat(waiting.join().isValid()).isTrue();
            assertThat(b.leases().counts().stolen()).isOne();
            assertThat(together.owners()).contains("stopped");
        }
    }

    @Test
    void whoComesBackSeesThatItsLeaseWasTaken() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Period before = a.take();
        CompletableFuture<Period> thief = b.takes();
        together.awaitWaiting(b.id());
        b.passes(TTL_MS);
        assertThat(thief.join().isValid()).isTrue();
        a.passes(21);
        soon().until(() -> !before.isValid());
        assertThat(a.leases().counts().expired()).isOne();
        CompletableFuture<Period> again = a.takes();
        together.awaitWaiting(a.id());
        before.close();
        assertThat(thief.join().isValid()).isTrue();
        thief.join().close();
        b.rests();
        again.join().close();
    }

    @Test
    void theDeadAreNotWaitedFor() throws IOException {
        Player b = together.join();
        together.write(LeasesTogether.of("dead"));
        b.takes().join().close();
        assertThat(b.leases().counts().stolen()).isOne();
        assertThat(together.owners()).containsExactly(b.id());
    }

    @Test
    void whoDiesWhileOthersWaitIsNotWaitedFor() throws IOException {
        Player b = together.join();
        Disk.HeldLock life = together.stopped("dying");
        together.write(LeasesTogether.of("dying"));
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        b.looksAgain();
        life.close();
        b.passes(20);
        assertThat(waiting.join().isValid()).isTrue();
        assertThat(together.owners()).containsExactly(b.id());
    }

    @Test
    void aLeaseIsNotHandedToTheDead() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Period held = a.take();
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        together.guarded(() -> {
            LeaseContent now = together.content().orElseThrow();
            together.write(now.leftBy(b.id()).joinedBy("dead").joinedBy(b.id()));
            return "";
        });
        held.close();
        a.rests();
        assertThat(waiting.join().isValid()).isTrue();
        together.awaitWaiting();
        assertThat(b.leases().counts().stolen()).isZero();
    }

    @Test
    void aStartDeletesWhatTheDeadLeft() throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("locks"));
        together.write(LeasesTogether.of("dead"));
        Files.createFile(directory.resolve("owner-dead.lock"));
        Files.createFile(directory.resolve(".writing-dead"));
        Player a = together.join();
        assertThat(together.files()).containsExactly("owner-" + a.id() + ".lock");
    }

    @Test
    void whatIsNoLeaseCountsAsFree() throws IOException {
        Player a = together.join();
        for (String damaged : new String[] {"", "null", "{}", "{\"owner\":\"../../x\"}", "half a line"}) {
            Files.writeString(together.file(), damaged);
            try (Period held = a.take()) {
                assertThat(held.isValid()).isTrue();
                assertThat(together.content().orElseThrow().owner()).isEqualTo(a.id());
            }
            a.passes(RENEW_MS);
            soon().until(() -> Files.notExists(together.file()));
        }
    }

    @Test
    void aStartDeletesWhatIsNoLease() throws IOException {
        Files.createDirectories(together.file().getParent());
        Files.writeString(together.file(), "{\"owner\":");
        Player a = together.join();
        assertThat(together.files()).containsExactly("owner-" + a.id() + ".lock");
    }

    @Test
    void wallClocksDecideNothing() throws IOException {
        Player a = together.join();
        Player b = together.join();
        Period held = a.take();
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        for (long jumpMs : new long[] {3_600_000, -7_200_000}) {
            long renewals = together.content().orElseThrow().renewals();
            a.wallClockMs().addAndGet(jumpMs);
            b.wallClockMs().addAndGet(-jumpMs);
            b.looksAgain();
            a.passes(RENEW_MS);
            soon().until(() -> together.content().orElseThrow().renewals() == renewals + 1);
            a.looksAgain();
            b.looksAgain();
            assertThat(held.isValid()).isTrue();
            assertThat(waiting).isNotDone();
        }
        held.close();
        assertThat(waiting.join().isValid()).isTrue();
        assertThat(b.leases().counts().stolen()).isZero();
    }

    @Test
    void whoFindsALeaseLongAfterItWasHandedOverMakesItItsOwnFirst() throws IOException {
        Player a = together.join();
        AtomicReference<CountDownLatch> reading = new AtomicReference<>(new CountDownLatch(0));
        DiskHook slow = (operation, file) -> {
            if (operation == DiskHook.Operation.OPEN && file.equals(together.file())) {
                awaitZero(reading.get());
            }
        };
        Player b = together.join(LeasesTogether.hooked(new RealDisk(), slow), LeasesTogether.LONG_MS);
        Period held = a.take();
        CompletableFuture<Period> waiting = b.takes();
        together.awaitWaiting(b.id());
        a.looksAgain();
        reading.set(new CountDownLatch(1));
        held.close();
        a.passes(1);
        soon().until(() -> together.content().orElseThrow().owner().equals(b.id()));
        b.passes(TTL_MS + 1); // it has stopped, and somebody else may be about to take it
        reading.get().countDown();
        assertThat(waiting.join().isValid()).isTrue();
        assertThat(together.content().orElseThrow().token()).startsWith(b.id());
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
