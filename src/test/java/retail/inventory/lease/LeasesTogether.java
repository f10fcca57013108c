package retail.inventory.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskHook;
import retail.inventory.files.HookedDisk;
import retail.inventory.files.ProcessMutex;
import retail.inventory.files.RealDisk;
import retail.inventory.lease.LeaseContent.DamagedLeaseException;

/** What plays several processes on one directory: each has a clock of its own, so that each can be the one that stopped. */
final class LeasesTogether implements AutoCloseable {

    static final long TTL_MS = 2000;
    static final long RENEW_MS = 1000;
    static final long LONG_MS = 30_000;

    private final Path directory;
    private final ProcessMutex guard = new LocalGuard();
    private final List<Player> players = new ArrayList<>();

    LeasesTogether(Path directory) {
        this.directory = directory;
    }

    /** One of the processes. */
    record Player(FileLeases leases, AtomicLong nanoClock, AtomicLong wallClockMs, String id, AtomicInteger looks) {

        void passes(long ms) {
            nanoClock.addAndGet(Duration.ofMillis(ms).toNanos());
        }

        /** It sees who waits, and has nothing to do for a moment. */
        void rests() {
            looksAgain();
            passes(1);
        }

        /** Returns when it has looked at the lease file, begun after this was called. */
        void looksAgain() {
            int before = looks.get();
            soon().until(() -> looks.get() >= before + 2);
        }

        Period take() {
            return (Period) leases.take(() -> {});
        }

        CompletableFuture<Period> takes() {
            CompletableFuture<Period> taken = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> take(taken));
            return taken;
        }

        /** A thread that has to wait, though this process has the lease: its turn is over. */
        CompletableFuture<Period> takesAfterTheTurn() {
            return soon().until(this::takesOnceMore, taken -> !taken.isDone());
        }

        private CompletableFuture<Period> takesOnceMore() {
            CompletableFuture<Period> taken = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> take(taken));
            while (!taken.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            if (taken.isDone()) {
                taken.join().close();
            }
            return taken;
        }

        private void take(CompletableFuture<Period> taken) {
            try {
                taken.complete(take());
            } catch (RuntimeException | Error e) {
                taken.completeExceptionally(e);
            }
        }
    }

    Player join() throws IOException {
        return join(new RealDisk(), LONG_MS);
    }

    Player join(Disk disk, long waitMs) throws IOException {
        Files.createDirectories(directory);
        List<String> before = owners();
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // a clock that starts anywhere
        AtomicLong wall = new AtomicLong(Instant.parse("2026-11-22T10:00:00Z").toEpochMilli());
        AtomicInteger looks = new AtomicInteger();
        DiskHook counting = (operation, file) -> {
            if (operation == DiskHook.Operation.OPEN && file.equals(file())) {
                looks.incrementAndGet();
            }
        };
        FileLeases leases = FileLeases.open(
                hooked(disk, counting),
                guard,
                new FileLeases.Options(directory, TTL_MS, RENEW_MS, waitMs),
                () -> Instant.ofEpochMilli(wall.get()),
                nanos::get);
        List<String> id = new ArrayList<>(owners());
        id.removeAll(before);
        Player player = new Player(leases, nanos, wall, id.getFirst(), looks);
        players.add(player);
        return player;
    }

    <T> T guarded(ProcessMutex.Work<T> work) throws IOException {
        return guard.inside(work);
    }

    /** The ids of those that have a file. */
    List<String> owners() {
        return files().stream()
                .filter(file -> file.startsWith("owner-"))
                .map(file -> file.substring("owner-".length(), file.length() - ".lock".length()))
                .toList();
    }

    List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return directory.resolve("writer.lease");
    }

    Optional<LeaseContent> content() {
        try {
            return Files.exists(file())
                    ? Optional.of(LeaseContent.decode(Files.readAllBytes(file())))
                    : Optional.empty();
        } catch (IOException | DamagedLeaseException goneMeanwhile) {
            return Optional.empty();
        }
    }

    void write(LeaseContent content) throws IOException {
        Files.write(file(), content.encode());
    }

    /** A lease of somebody who is not one of us. */
    static LeaseContent of(String owner, String... waiting) {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        return new LeaseContent(owner, owner + ".0", 0, TTL_MS, longAgo, longAgo, List.of(waiting));
    }

    /** Somebody who lives and does nothing. */
    Disk.HeldLock stopped(String owner) throws IOException {
        return new RealDisk()
                .tryLock(directory.resolve("owner-" + owner + ".lock"), "")
                .orElseThrow();
    }

    void awaitWaiting(String... ids) {
        soon().untilAsserted(
                        () -> assertThat(content().map(LeaseContent::waiting)).contains(List.of(ids)));
    }

    static Disk hooked(Disk disk, DiskHook hook) {
        return (HookedDisk) new HookedDisk.Installer(hook).postProcessAfterInitialization(disk, "disk");
    }

    static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(2));
    }

    @Override
    public void close() {
        players.forEach(player -> player.leases().close());
    }
}
