package retail.inventory.journal.file;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.process.Defects;

/**
 * The log that another process writes, seen from this one: {@code wal/durable} says how far it goes, the segments have
 * the events. A thread looks every few milliseconds; it never writes anything.
 */
public final class FollowedLog implements EventFeed, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);
    private static final String REPLACED = "the data directory was replaced, start this process again";
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long REST_AFTER_DEFECT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** About ten times a second, for a log that nothing is written to. */
    private static final int IDENTITY_EVERY_LOOKS = 32;

    private final Disk disk;
    private final Path directory;
    private final DurableEvents events;
    private final Thread thread;
    private volatile long lookedNanos = System.nanoTime();
    private volatile String problem = "";
    private volatile @Nullable String logId;
    private volatile boolean replaced;
    private int looks;
    private volatile boolean closed;

    /** The log in a directory; nothing is read before {@link #start}. */
    public FollowedLog(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
        this.events = new DurableEvents(disk, directory);
        this.thread = Thread.ofPlatform().name("log-follower").unstarted(this::run);
    }

    /** Looks once, and then again and again. */
    public void start() {
        look();
        thread.start();
    }

    /** Why the last look failed; empty when it did not. */
    public String problem() {
        return problem;
    }

    @Override
    public Batch read(long after, int limit) {
        requireSameLog();
        return events.read(after, limit);
    }

    @Override
    public long durableSequence() {
        return events.last();
    }

    @Override
    public @Nullable String logId() {
        return logId;
    }

    @Override
    public long holdsThrough(String id) {
        return LogIdentity.holdsThrough(disk, directory, id);
    }

    /** After a power cut the mark may be behind until the log's own process has read its end. */
    @Override
    public boolean reaches(long sequence) {
        requireSameLog();
        try {
            return sequence <= events.last()
                    || sequence <= DurableMark.read(disk, directory)
                    || events.isWritten(sequence);
        } catch (IOException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED, "The log in " + directory + " cannot be read: " + e);
        }
    }

    @Override
    public long lookAgeMs() {
        return (System.nanoTime() - lookedNanos) / 1_000_000;
    }

    @Override
    public Original original(long sequence) {
        requireSameLog();
        return events.original(sequence);
    }

    @Override
    public void onCommit(Runnable listener) {
        events.onCommit(listener);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            look();
        }
    }

    private void look() {
        long now = System.nanoTime();
        try {
            if (looks++ % IDENTITY_EVERY_LOOKS == 0) {
                requireIdentity();
            }
            long mark = DurableMark.read(disk, directory);
            if (mark > events.last()) {
                requireIdentity();
                events.follow(mark);
                events.tellFollowers();
            } else if (mark == 0 && events.last() > 0) {
                return; // it was just being overwritten
            } else if (mark < events.last()) {
                failed("wal/durable went back from " + events.last() + " to " + mark + ": " + REPLACED);
                return;
            }
            lookedNanos = now;
            if (!problem.isEmpty()) {
                LOG.info("The log can be followed again, at sequence {}", value("sequence", events.last()));
                problem = "";
            }
        } catch (IOException | RuntimeException | Error e) {
            if (e instanceof Error) {
                Defects.caught(e);
                LockSupport.parkNanos(REST_AFTER_DEFECT_NANOS);
            }
            failed("the log in " + directory + " cannot be followed: " + e);
        }
    }

    /** What is new may be of another log than what is known: another history stands in the same directory then. */
    private void requireIdentity() throws IOException {
        String known = logId;
        String found = LogIdentity.read(disk, directory);
        if (known == null) {
            logId = found;
        } else if (!known.equals(found)) {
            replaced = true;
        }
        requireSameLog();
    }

    private void requireSameLog() {
        if (replaced) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "wal/identity is another one: " + REPLACED);
        }
    }

    private void failed(String reason) {
        if (!reason.equals(problem)) {
            LOG.error("Stopped following at sequence {}: {}", value("sequence", events.last()), reason);
        }
        problem = reason;
    }
}
