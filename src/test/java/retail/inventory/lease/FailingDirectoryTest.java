package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static retail.inventory.lease.LeasesTogether.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.RealDisk;
import retail.inventory.lease.LeasesTogether.Player;

/** A directory that cannot be read or written: refused with the reason, and soon again when it can. */
class FailingDirectoryTest {

    @TempDir
    Path temporary;

    private final AtomicReference<Set<Operation>> failing = new AtomicReference<>(Set.of());

    private final DiskHook disk = (operation, file) -> {
        if (failing.get().contains(operation)) {
            throw new IOException("injected: " + operation);
        }
    };

    @Test
    void refusesWithTheReasonAndGoesOn() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join(LeasesTogether.hooked(new RealDisk(), disk), LeasesTogether.LONG_MS);
            for (Operation broken : new Operation[] {Operation.OPEN, Operation.WRITE, Operation.RENAME}) {
                failing.set(Set.of(broken));
                LeaseRefusedException refused = catchThrowableOfType(LeaseRefusedException.class, a::take);
                assertThat(refused).hasMessageContaining("injected: " + broken);
                soon().until(() -> a.leases().problem().contains("injected: " + broken));
                failing.set(Set.of());
                a.take().close();
                soon().until(() -> a.leases().problem().isEmpty());
                a.passes(LeasesTogether.RENEW_MS);
                soon().until(() -> together.content().isEmpty());
            }
            assertThat(a.leases().counts().rejected()).isEqualTo(3);
        }
    }

    /** What the refused one leaves to be given away is not there, which is no sign that the directory works. */
    @Test
    void isAProblemUntilSomethingIsWritten() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join(LeasesTogether.hooked(new RealDisk(), disk), LeasesTogether.LONG_MS);
            failing.set(Set.of(Operation.WRITE));
            assertThatExceptionOfType(LeaseRefusedException.class).isThrownBy(a::take);
            soon().until(() -> !a.leases().problem().isEmpty());
            soon().during(Duration.ofMillis(500))
                    .until(() -> a.leases().problem().contains("WRITE"));
        }
    }

    @Test
    void whatCouldNotBeGivenAwayIsWhenTheDirectoryWorks() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join(LeasesTogether.hooked(new RealDisk(), disk), LeasesTogether.LONG_MS);
            Period held = a.take();
            failing.set(Set.of(Operation.DELETE));
            held.close();
            a.passes(LeasesTogether.RENEW_MS);
            soon().until(() -> a.leases().problem().contains("DELETE"));
            assertThat(held.isValid()).isFalse();
            failing.set(Set.of());
            soon().until(() -> together.content().isEmpty());
        }
    }

    @Test
    void aLeaseThatIsUsedOutlivesAShortFailure() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join(LeasesTogether.hooked(new RealDisk(), disk), LeasesTogether.LONG_MS);
            try (Period held = a.take()) {
                failing.set(Set.of(Operation.RENAME));
                a.passes(LeasesTogether.RENEW_MS);
                soon().until(() -> a.leases().problem().contains("RENAME"));
                failing.set(Set.of());
                soon().until(() -> together.content().orElseThrow().renewals() == 1);
                a.looksAgain();
                a.passes(LeasesTogether.RENEW_MS);
                assertThat(held.isValid()).isTrue();
            }
        }
    }

    /** Neither the one who waits hangs, nor does the thread that works for all of them end. */
    @Test
    void aDefectRefusesAndTheKeeperGoesOn() throws IOException {
        AtomicReference<Set<Operation>> broken = new AtomicReference<>(Set.of());
        DiskHook defect = (operation, file) -> {
            if (broken.get().contains(operation)) {
                throw new StackOverflowError("injected");
            }
        };
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join(LeasesTogether.hooked(new RealDisk(), defect), LeasesTogether.LONG_MS);
            for (Operation each : new Operation[] {Operation.OPEN, Operation.WRITE, Operation.RENAME}) {
                broken.set(Set.of(each));
                assertThatExceptionOfType(LeaseRefusedException.class)
                        .isThrownBy(a::take)
                        .withMessageContaining("injected");
                broken.set(Set.of());
                a.take().close();
                soon().until(() -> a.leases().problem().isEmpty());
                a.passes(LeasesTogether.RENEW_MS);
                soon().until(() -> together.content().isEmpty());
            }
        }
    }

    @Test
    void saysThatSomebodyStaysInsideTheGuard() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            Player a = together.join();
            CompletableFuture<Period> waiting = together.guarded(() -> {
                CompletableFuture<Period> taken = a.takes();
                soon().until(() -> a.leases().problem().contains("inside the guard"));
                return taken;
            });
            waiting.join().close();
            soon().until(() -> a.leases().problem().isEmpty());
        }
    }

    @Test
    void oneThatCannotTakePartLeavesNothingThatLooksAlive() throws IOException {
        try (LeasesTogether together = new LeasesTogether(temporary)) {
            together.write(LeasesTogether.of("dead")); // to be swept by the next one
            failing.set(Set.of(Operation.OPEN));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () -> together.join(LeasesTogether.hooked(new RealDisk(), disk), LeasesTogether.LONG_MS))
                    .withMessageContaining("injected: OPEN");
            assertThat(together.owners()).isEmpty();
            failing.set(Set.of());
            together.join().leases().take(() -> {}).close();
        }
    }
}
