package retail.inventory.journal.file;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.process.Defects;

/**
 * What other processes write into the same log: {@code wal/durable} tells that there is more, the segments have it, and
 * the reader gets it, once and in order, before anybody in this process is shown that it is durable. Requests look
 * whenever they must not miss anything, a thread every few milliseconds besides.
 */
final class PeerEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerEvents.class);
    private static final long LOOK_EVERY_NANOS = 3_000_000;
    private static final long REST_AFTER_DEFECT_NANOS = 100_000_000;

    /** Seen half written, the mark is whole again at once: another process is inside a write of 60 bytes. */
    private static final int MARK_TRIES = 200;

    private static final long MARK_PAUSE_NANOS = 50_000;

    private final Disk disk;
    private final Path directory;
    private final DurableEvents durable;
    private final CommitQueue queue;
    private final ReentrantLock following = new ReentrantLock();
    private final Thread thread;
    private volatile Disk.@Nullable ReadableFile mark;
    private volatile Consumer<Event> reader = event -> {};
    private volatile String problem = "";
    private volatile boolean closed;

    PeerEvents(Disk disk, Path directory, DurableEvents durable, CommitQueue queue) {
        this.disk = disk;
        this.directory = directory;
        this.durable = durable;
        this.queue = queue;
        this.thread = Thread.ofPlatform().name("log-follower").unstarted(this::run);
    }

    /** From now on what others write can be taken in, from what is shown now on. */
    void join(Consumer<Event> others) throws IOException {
        reader = others;
        mark = DurableMark.open(disk, directory);
    }

    /** Takes it in all the time. */
    void follow() {
        thread.start();
    }

    /** Hands over what was durable when this was called; nothing, when there are no others. */
    void catchUp() throws IOException {
        if (mark != null && mark() > durable.last()) {
            following.lock(); // this process may be about to show what it has just marked
            try {
                handOver();
            } finally {
                following.unlock();
            }
        }
    }

    /** Does something while all that is durable is known, if nobody else can write; what it makes durable is its own. */
    void whileKnown(LogEnd.Work work) throws IOException {
        following.lock();
        try {
            handOver();
            work.run();
        } finally {
            following.unlock();
        }
    }

    /** Does something while nothing is handed over. */
    void undisturbed(Runnable work) {
        following.lock();
        try {
            work.run();
        } finally {
            following.unlock();
        }
    }

    /** Why the last look failed; empty when it did not. */
    String problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Disk.ReadableFile open = mark;
        if (open != null) {
            open.close();
        }
    }

    private void handOver() throws IOException {
        long to = mark();
        if (to > durable.last()) {
            queue.goBack(() -> handOver(to));
            durable.tellFollowers();
        }
    }

    private void handOver(long to) throws IOException {
        while (durable.last() < to) {
            EventFeed.Batch batch = durable.ahead(to);
            batch.events().forEach(reader);
            durable.publish(batch.events(), batch.through());
        }
    }

    private long mark() throws IOException {
        Disk.ReadableFile file = mark;
        if (file == null) {
            throw new IOException("the log was not opened");
        }
        for (int tries = 0; tries < MARK_TRIES; tries++) {
            long known = durable.last();
            long read = DurableMark.read(file);
            if (read >= known) {
                return read;
            }
            LockSupport.parkNanos(MARK_PAUSE_NANOS);
        }
        throw new IOException("wal/durable is damaged, or went back from " + durable.last()
                + ": stop all processes on this data directory, then start them again");
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            look();
        }
    }

    private void look() {
        try {
            catchUp();
            if (!problem.isEmpty()) {
                LOG.info(
                        "What other processes write can be read again, at sequence {}",
                        value("sequence", durable.last()));
                problem = "";
            }
        } catch (IOException | RuntimeException | Error e) {
            if (e instanceof Error) {
                Defects.caught(e);
                LockSupport.parkNanos(REST_AFTER_DEFECT_NANOS);
            }
            if (!e.toString().equals(problem)) {
                LOG.error(
                        "What other processes write cannot be read after sequence {}",
                        value("sequence", durable.last()),
                        e);
            }
            problem = e.toString();
        }
    }
}
