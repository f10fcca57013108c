package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.simulation.ExpectedErrors;

/** One has the role, the others stand by, and one of them takes over. */
@ExtendWith(ExpectedErrors.class)
class RoleLockTest {

    private static final long OFTEN_MS = 2;

    /** A lock that one holder at a time gets, and that can fail. */
    private static final class OneLock implements RoleLock.Attempt {
        private final AtomicBoolean held = new AtomicBoolean();
        private final AtomicInteger tries = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public Optional<Disk.HeldLock> tryLock() throws IOException {
            tries.incrementAndGet();
            if (broken) {
                throw new IOException("no locks today");
            }
            return held.compareAndSet(false, true) ? Optional.of(() -> held.set(false)) : Optional.empty();
        }
    }

    private final OneLock lock = new OneLock();

    private RoleLock process() throws IOException {
        return RoleLock.among(lock, "test", OFTEN_MS);
    }

    @Test
    void whoIsAloneHasEveryRole() {
        try (RoleLock alone = RoleLock.alone("test")) {
            assertThat(alone.isHeld()).isTrue();
            assertThat(alone.isShared()).isFalse();
            assertThat(alone.state()).isEqualTo(RoleLock.State.HOLDER);
        }
    }

    @Test
    void theFirstHasTheRoleAndAnotherTakesItOverWhenItEnds() throws IOException {
        AtomicInteger begun = new AtomicInteger();
        RoleLock first = process();
        try (RoleLock second = process()) {
            assertThat(first.isHeld()).isTrue();
            assertThat(second.isHeld()).isFalse();
            assertThat(second.state()).isEqualTo(RoleLock.State.STANDBY);
            second.standBy(begun::incrementAndGet);
            int tries = lock.tries.get();
            await().until(() -> lock.tries.get() > tries + 3);
            assertThat(begun).hasValue(0);

            first.close();
            await().until(second::isHeld);
            assertThat(begun).hasValue(1);
            int after = lock.tries.get();
            await().during(Duration.ofMillis(20 * OFTEN_MS)).until(() -> lock.tries.get() == after);
        }
        assertThat(lock.held).isFalse();
    }

    @Test
    void oneOfManyTakesOver() throws IOException {
        AtomicInteger begun = new AtomicInteger();
        RoleLock first = process();
        try (RoleLock second = process();
                RoleLock third = process()) {
            second.standBy(begun::incrementAndGet);
            third.standBy(begun::incrementAndGet);
            first.close();
            await().until(() -> second.isHeld() || third.isHeld());
            int tries = lock.tries.get();
            await().until(() -> lock.tries.get() > tries + 3);
            assertThat(begun).hasValue(1);
            assertThat(second.isHeld()).isNotEqualTo(third.isHeld());
        }
    }

    @Test
    void isNotTheHolderBeforeItsWorkHasBegun() throws IOException {
        CountDownLatch begins = new CountDownLatch(1);
        CountDownLatch mayBegin = new CountDownLatch(1);
        RoleLock first = process();
        try (RoleLock second = process()) {
            second.standBy(() -> {
                begins.countDown();
                awaitQuietly(mayBegin);
            });
            first.close();
            awaitQuietly(begins);
            assertThat(second.isHeld()).isFalse();
            mayBegin.countDown();
            await().until(second::isHeld);
        }
    }

    @Test
    void letsOthersTryWhenItsWorkCannotBeginAndTriesAgain() throws IOException {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean fails = new AtomicBoolean(true);
        RoleLock first = process();
        try (RoleLock second = process()) {
            second.standBy(() -> {
                if (fails.get()) {
                    if (failures.incrementAndGet() % 2 == 0) {
                        throw new IOException("not now");
                    }
                    throw new AssertionError("not at all");
                }
            });
            first.close();
            await().until(() -> failures.get() > 3);
            assertThat(second.isHeld()).isFalse();
            assertThat(second.problem()).contains("not");
            try (RoleLock third = firstThatGetsIt()) {
                assertThat(third.isHeld()).isTrue();
                await().until(() -> second.problem().isEmpty());
                fails.set(false);
            }
            await().until(second::isHeld);
            assertThat(second.problem()).isEmpty();
        }
    }

    private RoleLock firstThatGetsIt() throws IOException {
        RoleLock tried = process();
        while (!tried.isHeld()) {
            tried.close();
            tried = process();
        }
        return tried;
    }

    @Test
    void goesOnTryingWhenTheLockFails() throws IOException {
        RoleLock first = process();
        try (RoleLock second = process()) {
            second.standBy(() -> {});
            lock.broken = true;
            await().until(() -> second.problem().contains("no locks today"));
            lock.broken = false;
            first.close();
            await().until(second::isHeld);
            assertThat(second.problem()).isEmpty();
        }
    }

    @Test
    void closingWaitsForWhatBeginsBeforeAnotherMayHaveTheRole() throws Exception {
        CountDownLatch begins = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RoleLock first = process();
        RoleLock second = process();
        second.standBy(() -> {
            begins.countDown();
            awaitQuietly(mayEnd);
        });
        first.close();
        awaitQuietly(begins);
        Thread closing = Thread.ofPlatform().start(second::close);
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        assertThat(lock.held).isTrue();
        mayEnd.countDown();
        assertThat(closing.join(Duration.ofMinutes(1))).isTrue();
        assertThat(lock.held).isFalse();
    }

    @Test
    void whoStandsByEndsWithoutTheRole() throws IOException {
        try (RoleLock first = process()) {
            RoleLock second = process();
            second.standBy(() -> {});
            second.close();
            int tries = lock.tries.get();
            await().during(Duration.ofMillis(20 * OFTEN_MS)).until(() -> lock.tries.get() == tries);
            assertThat(first.isHeld()).isTrue();
            assertThat(lock.held).isTrue();
        }
    }

    @Test
    void theDirectoryHandsOutItsRolesByLocksOfTheSystem(@TempDir Path directory) throws IOException {
        RealDisk disk = new RealDisk();
        DataDirectory one = DataDirectory.open(disk, directory, List.of(), true);
        RoleLock files = one.role("files");
        try (DataDirectory other = DataDirectory.open(disk, directory, List.of(), true);
                RoleLock central = other.role("central");
                RoleLock standby = other.role("files")) {
            assertThat(one.isShared()).isTrue();
            assertThat(files.isHeld() && central.isHeld()).isTrue();
            assertThat(standby.isHeld()).isFalse();
            assertThat(directory.resolve(".files-lock")).exists();
            assertThat(directory.resolve(".central-lock")).exists();
            assertThat(directory.resolve(".lock")).doesNotExist();

            standby.standBy(() -> {});
            files.close();
            await().until(standby::isHeld);
        }
    }

    @Test
    void aDirectoryThatIsNotSharedHasNoMoreLocksThanIsSaid(@TempDir Path directory) throws IOException {
        RealDisk disk = new RealDisk();
        try (DataDirectory data = DataDirectory.open(disk, directory, List.of(".lock"), false);
                RoleLock files = data.role("files")) {
            assertThat(files.isHeld()).isTrue();
            try (var names = Files.list(directory)) {
                assertThat(names).containsExactly(directory.resolve(".lock"));
            }
            assertThatThrownBy(() -> DataDirectory.open(disk, directory, List.of(".lock"), false))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
