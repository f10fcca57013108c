package retail.inventory.journal.file;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.Disk;
import retail.inventory.journal.EventFeed;

/**
 * The log that another process writes, seen from this one: {@code wal/durable} says how far it goes, the segments have
 * the events. A thread looks every few milliseconds; it never writes anything.
 */
public final class FollowedLog implements EventFeed, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Disk disk;
    private final Path directory;
    private final DurableEvents events;
    private final Thread thread;
    private volatile long lookedNanos = System.nanoTime();
    private volatile String problem = "";
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
        return events.read(after, limit);
    }

    @Override
    public long durableSequence() {
        return events.last();
    }

    @Override
    public long lookAgeMs() {
        return (System.nanoTime() - lookedNanos) / 1_000_000;
    }

    @Override
    public Original original(long sequence) {
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
            long mark = DurableMark.read(disk, directory);
            if (mark > events.last()) {
                events.follow(mark);
                events.tellFollowers();
            } else if (mark == 0 && events.last() > 0) {
                return; // it was just being overwritten
            } else if (mark < events.last()) {
                failed("wal/durable went back from " + events.last() + " to " + mark
                        + ": the data directory was replaced, start this process again");
                return;
            }
            lookedNanos = now;
            if (!problem.isEmpty()) {
                LOG.info("The log can be followed again, at sequence {}", value("sequence", events.last()));
                problem = "";
            }
        } catch (IOException | RuntimeException e) {
            failed("the log in " + directory + " cannot be followed: " + e);
        }
    }

    private void failed(String reason) {
        if (!reason.equals(problem)) {
            LOG.error("Standing still at sequence {}: {}", value("sequence", events.last()), reason);
        }
        problem = reason;
    }
}
