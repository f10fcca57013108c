package retail.inventory.files;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.process.Defects;

/**
 * A role that one process on a data directory has at a time, by the operating system's lock on a file. A process that does
 * not get it stands by and tries again and again, until the one that has it is closed or dead. The file must be used for
 * nothing else (see {@link FileMutex}).
 *
 * <p>It is to be closed after all work that the role allows has ended: only then may another process begin.
 */
public final class RoleLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoleLock.class);
    private static final long EVERY_MS = 500;

    private final String name;
    private final @Nullable Attempt attempt;
    private final long everyMs;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile State state;
    private volatile String problem = "";
    private volatile @Nullable Thread thread;
    private Disk.@Nullable HeldLock lock;

    /** Whether a process has the role. */
    public enum State {
        /** It has, and keeps it as long as it lives. */
        HOLDER,
        /** Another process has, or this one has not got it to work yet. */
        STANDBY
    }

    /** What begins when the role has been taken over. */
    @FunctionalInterface
    public interface Work {
        /** Begins it; when it throws, nothing of it goes on. */
        void begin() throws IOException;
    }

    /** One try for the lock. */
    @FunctionalInterface
    interface Attempt {
        Optional<Disk.HeldLock> tryLock() throws IOException;
    }

    private RoleLock(String name, @Nullable Attempt attempt, long everyMs, State state) {
        this.name = name;
        this.attempt = attempt;
        this.everyMs = everyMs;
        this.state = state;
    }

    /** The role of a process that has the data directory for itself. */
    public static RoleLock alone(String name) {
        return new RoleLock(name, null, EVERY_MS, State.HOLDER);
    }

    /** A role among processes, tried for once. */
    static RoleLock among(Disk disk, Path file, String name) throws IOException {
        String note = "held by process " + ProcessHandle.current().pid();
        return among(() -> disk.tryLock(file, note), name, EVERY_MS);
    }

    static RoleLock among(Attempt attempt, String name, long everyMs) throws IOException {
        RoleLock role = new RoleLock(name, attempt, everyMs, State.STANDBY);
        if (role.take()) {
            role.state = State.HOLDER;
            LOG.info("This process has the role {}", value("role", name));
        } else {
            LOG.info("Another process has the role {}: standing by", value("role", name));
        }
        return role;
    }

    /** The role's name. */
    public String name() {
        return name;
    }

    /** Whether there may be other processes that want it. */
    public boolean isShared() {
        return attempt != null;
    }

    /** Whether this process has it. */
    public State state() {
        return state;
    }

    /** Whether this process has it, and its work has begun. */
    public boolean isHeld() {
        return state == State.HOLDER;
    }

    /** Why it could not be taken over at the last try; empty when it could, or another process has it. */
    public String problem() {
        return problem;
    }

    /**
     * Tries on a thread of its own, from now on, and begins the work when the role has been got. When that fails, others
     * may have the role, and this process tries again.
     */
    public void standBy(Work work) {
        if (isHeld()) {
            throw new AssertionError("the role " + name + " is held already");
        }
        thread = Thread.ofPlatform().name("role-" + name).start(() -> tryOn(work));
    }

    /** Stops trying, waits for what is just beginning, and lets another process have the role. */
    @Override
    public void close() {
        closing.countDown();
        Thread trying = thread;
        if (trying != null) {
            try {
                trying.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the role ends with this process: nobody may have it while this one is at work
            }
        }
        release();
    }

    private void tryOn(Work work) {
        boolean taken = false;
        while (!taken && !isClosing()) {
            taken = takeOver(work);
        }
    }

    private boolean isClosing() {
        try {
            return closing.await(everyMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false; // nobody has a reason to: it tries again earlier
        }
    }

    private boolean takeOver(Work work) {
        try {
            if (!take()) {
                problem = "";
                return false;
            }
            long start = System.nanoTime();
            work.begin();
            problem = "";
            state = State.HOLDER;
            LOG.info(
                    "This process has taken over the role {} ({} ms)",
                    value("role", name),
                    value("durationMs", (System.nanoTime() - start) / 1_000_000));
            return true;
        } catch (IOException | RuntimeException | Error e) { // or this process would never try again
            if (e instanceof Error) {
                Defects.caught(e);
            }
            if (!e.toString().equals(problem)) {
                LOG.error("The role {} could not be taken over; trying again", value("role", name), e);
            }
            problem = e.toString();
            release();
            return false;
        }
    }

    private boolean take() throws IOException {
        lock = attempt == null ? null : attempt.tryLock().orElse(null);
        return lock != null;
    }

    private void release() {
        Disk.HeldLock held = lock;
        lock = null;
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (IOException e) {
            LOG.warn(
                    "The lock of the role {} could not be given back; it ends with this process: {}",
                    name,
                    e.toString());
        }
    }
}
