package retail.inventory.background;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import retail.inventory.process.GuardedTask;

/**
 * A thread for work behind the requests: it runs a pass again and again, and rests after each piece of a pass, so that the
 * work takes neither much of the time nor the disk for long at a stretch. How long, the work says: nineteen times as long as
 * the piece took, so that it never takes more than a twentieth of the time; or by the bytes that it wrote, where the work
 * must keep up with what others do. A pass that meets a defect does not end it.
 */
public final class PacedLoop implements AutoCloseable {

    private static final long REST_FACTOR = 19;

    /** Some 80,000 records of inventory files: a tenth of what an old SSD writes, and of a core's time. */
    private static final long BYTES_PER_SECOND = 8 << 20;

    private final long pauseNanos;
    private final Runnable pass;
    private final Runnable lastPass;
    private final Thread thread;
    private final GuardedTask task;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private boolean closed;

    /**
     * A loop that is not running yet.
     *
     * @param name the thread's name
     * @param pauseMs how long to rest between passes, in milliseconds
     * @param pass one pass; it sees to its own failures
     * @param lastPass the pass that ends it
     */
    public PacedLoop(String name, long pauseMs, Runnable pass, Runnable lastPass) {
        this(Thread.ofPlatform().name(name).factory(), pauseMs, pass, lastPass);
    }

    /** The same, on a thread that somebody else makes. */
    public PacedLoop(ThreadFactory threads, long pauseMs, Runnable pass, Runnable lastPass) {
        this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMs);
        this.pass = pass;
        this.lastPass = lastPass;
        this.thread = threads.newThread(this::run);
        this.task = new GuardedTask(thread.getName());
    }

    /** Starts the passes, unless the loop was closed before. */
    public void start() {
        lock.lock(); // or a loop that is closed at this moment would run its last pass later
        try {
            if (!closed) {
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Rests after a piece of work, unless the loop is being closed. */
    public void restAfter(long tookNanos) {
        restUnlessClosed(REST_FACTOR * tookNanos);
    }

    /**
     * Rests after some bytes were written, unless the loop is being closed: so long that no more than eight megabytes are
     * written in a second, and at least as long as it took, for a disk that is slow is needed by others.
     */
    public void restAfterWriting(long bytes, long tookNanos) {
        long share = TimeUnit.SECONDS.toNanos(1) * bytes / BYTES_PER_SECOND;
        restUnlessClosed(Math.max(share - tookNanos, tookNanos));
    }

    /** Whether the loop is being closed: a long pass that needs no end may stop in the middle. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Which defect the last pass met that it did not see to itself; empty when none. */
    public String problem() {
        return task.problem();
    }

    /** Runs the last pass, when it was started, and stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (restUnlessClosed(pauseNanos)) {
            boolean _ = task.run(pass);
        }
        boolean _ = task.run(lastPass);
    }

    private boolean restUnlessClosed(long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return !closed; // nobody has a reason to; the rest is shorter
        } finally {
            lock.unlock();
        }
    }
}
