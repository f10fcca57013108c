package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.Disk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.journal.file.CommitQueue.Pending;

/**
 * The log of one process in files, with group commit: appends only queue, one platform thread writes and forces all
 * that is queued at once and answers it. A hot SKU is as fast as a thousand cold ones, and a slow disk makes batches
 * larger instead of requests fewer.
 *
 * <p>When a write or force fails, nothing more goes to that segment, whatever a second try would say: Linux reports a
 * failed writeback once and then calls the pages clean (Rebello et al., ATC 2020). Everything not durable is answered
 * {@code Unavailable}, and the writer tries until a new segment works.
 */
public final class FileEventLog implements EventLog, EventFeed {

    private static final Logger LOG = LoggerFactory.getLogger(FileEventLog.class);

    private final Disk disk;
    private final Path directory;
    private final Options options;
    private final DeadLetters deadLetters;
    private final SegmentWriter writer;
    private final CommitQueue queue;
    private final LineEncoder encoder = new LineEncoder();
    private final DurableEvents durable;
    private final Compactor compactor;
    private final Thread thread;

    /**
     * Sizes and times of a file log.
     *
     * @param segmentBytesMax a segment rolls over when it has reached this
     * @param queueBytesMax about how many bytes may wait for the disk; more is refused
     * @param probeEveryMs how long to wait between tries to begin a new segment after a failure
     * @param quarantine whether damage goes to the dead letters instead of stopping the start
     * @param archiveKeep how long segments that were released are kept in the archive after their latest event; null =
     *     for ever, zero = not at all
     */
    public record Options(
            long segmentBytesMax,
            long queueBytesMax,
            long probeEveryMs,
            boolean quarantine,
            @Nullable Duration archiveKeep) {

        /** 64 MiB segments, 16 MiB waiting, a probe every second, damage stops the start, all is kept. */
        public static final Options DEFAULT = new Options(64L << 20, 16L << 20, 1000, false, null);
    }

    /** A log in a directory, its archive beside it; nothing is read or written before {@link #open}. */
    public FileEventLog(Disk disk, Path directory, Options options, DeadLetters deadLetters) {
        this(disk, directory, options, deadLetters, InstantSource.system());
    }

    /** The same, with a clock that says how old the archive is. */
    FileEventLog(Disk disk, Path directory, Options options, DeadLetters deadLetters, InstantSource clock) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.deadLetters = deadLetters;
        this.writer = new SegmentWriter(disk, directory, options.segmentBytesMax());
        this.queue = new CommitQueue(options.queueBytesMax());
        this.durable = new DurableEvents(disk, directory);
        this.compactor = new Compactor(disk, directory, Segment.archiveOf(directory), options.archiveKeep(), clock);
        this.thread = Thread.ofPlatform().name("log-writer").unstarted(this::run);
    }

    @Override
    public Recovered open(long after, Instant since, Consumer<Event> reader) {
        try {
            disk.createDirectories(directory);
            List<String> repairs = new ArrayList<>();
            if (options.quarantine()) {
                repairs.addAll(new Quarantine(disk, directory, deadLetters).mend(after));
            }
            LogRecovery recovery = new LogRecovery(disk, directory, Segment.archiveOf(directory));
            LogRecovery.Tail tail = recovery.read(after, since, event -> {
                queue.known(event);
                reader.accept(event);
            });
            writer.resume(tail);
            repairs.addAll(recovery.repairs());
            durable.publish(tail.last());
            queue.become(State.OPEN, "");
            thread.start();
            return new Recovered(tail.last(), recovery.events(), recovery.bytes(), repairs);
        } catch (IOException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED, "The log in " + directory + " cannot be read or written: " + e);
        }
    }

    @Override
    public void append(Event event, Consumer<Appended> answer) {
        queue.add(new Pending(event, answer));
    }

    @Override
    public void release(long through, Instant since, LongConsumer pace) {
        try {
            compactor.compact(through, since, pace);
        } catch (IOException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED, "The log in " + directory + " cannot be compacted: " + e);
        }
    }

    @Override
    public long durableSequence() {
        return durable.last();
    }

    @Override
    public Batch read(long after, int limit) {
        return durable.read(after, limit);
    }

    @Override
    public long lookAgeMs() {
        return 0;
    }

    @Override
    public Original original(long sequence) {
        return durable.original(sequence);
    }

    @Override
    public void onCommit(Runnable listener) {
        durable.onCommit(listener);
    }

    @Override
    public LogStatus status() {
        return queue.status();
    }

    @Override
    public void close() {
        queue.become(State.CLOSED, "the log is closed");
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            writer.close();
        } catch (IOException e) {
            LOG.warn(
                    "wal/durable could not be forced; the next start reads the end of the log instead: {}",
                    e.toString());
        }
    }

    /** The log's thread: commits what is queued until the log is closed and empty. */
    private void run() {
        for (List<Pending> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            long first = durable.last() + 1;
            try {
                commit(batch, first);
            } catch (IOException | RuntimeException | Error e) {
                fail(batch, e);
                reopen();
                continue;
            }
            answerDurable(batch, first); // apart from commit: once durable, nothing may lead to fail()
            durable.tellFollowers();
        }
    }

    private void commit(List<Pending> batch, long first) throws IOException {
        List<Event> placed = new ArrayList<>(batch.size());
        encoder.clear();
        for (Pending pending : batch) {
            Event event = pending.event().at(first + placed.size());
            encoder.event(event.sequence(), placed.isEmpty() ? first - 1 : LineEncoder.NO_CLAIM, event);
            placed.add(event);
        }
        long last = first + placed.size() - 1;
        writer.commit(encoder.bytes(), first, last);
        durable.publish(placed, last);
    }

    private static void answerDurable(List<Pending> batch, long first) {
        long sequence = first;
        for (Pending pending : batch) {
            pending.tell(new Appended.Durable(sequence++));
        }
    }

    private void fail(List<Pending> batch, Throwable cause) {
        LOG.error(
                "The log cannot be written: read-only from sequence {} on until a new segment works",
                durable.last(),
                cause);
        String why = "the log cannot be written: " + cause;
        for (Pending pending : queue.fail(batch, why).reversed()) {
            pending.tell(new Appended.Unavailable(why));
        }
    }

    /** Tries until a new segment works or the log is closed. */
    private void reopen() {
        while (queue.pauseWhileNotClosed(options.probeEveryMs())) {
            try {
                long first = durable.last() + 1;
                writer.probe(first);
                LOG.info("The log can be written again: a new segment begins at sequence {}", first);
                queue.become(State.OPEN, "");
                return;
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("The log still cannot be written: {}", e.toString());
            }
        }
    }
}
