package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.disk.Disk;
import retail.inventory.disk.DiskBreakers;
import retail.inventory.disk.DiskBreakers.Settings;
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
 * <p>What happens when a write or force fails: {@link LogWriter}.
 */
public final class FileEventLog implements EventLog, EventFeed {

    private final Disk disk;
    private final Path directory;
    private final Options options;
    private final DeadLetters deadLetters;
    private final SegmentWriter segments;
    private final CommitQueue queue;
    private final DurableEvents durable;
    private final Compactor compactor;
    private final LogWriter writer;

    /**
     * Sizes and times of a file log.
     *
     * @param segmentBytesMax a segment rolls over when it has reached this
     * @param queueBytesMax about how many bytes may wait for the disk; more is refused
     * @param probeEveryMs how long to wait, at most, between tries to begin a new segment after a failure
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
        this(disk, directory, options, deadLetters, InstantSource.system(), new DiskBreakers(Settings.DEFAULT));
    }

    /** The same, with a clock that says how old the archive is, and breakers that show whether it can be written. */
    FileEventLog(
            Disk disk,
            Path directory,
            Options options,
            DeadLetters deadLetters,
            InstantSource clock,
            DiskBreakers breakers) {
        this(
                disk,
                directory,
                options,
                deadLetters,
                clock,
                breakers,
                Thread.ofPlatform().name("log-writer").factory());
    }

    /** The same, with its thread made by somebody else. */
    FileEventLog(
            Disk disk,
            Path directory,
            Options options,
            DeadLetters deadLetters,
            InstantSource clock,
            DiskBreakers breakers,
            ThreadFactory threads) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.deadLetters = deadLetters;
        this.segments = new SegmentWriter(disk, directory, options.segmentBytesMax());
        this.queue = new CommitQueue(options.queueBytesMax());
        this.durable = new DurableEvents(disk, directory);
        this.compactor = new Compactor(disk, directory, Segment.archiveOf(directory), options.archiveKeep(), clock);
        this.writer = new LogWriter(
                segments,
                queue,
                durable,
                breakers.forUnrepeatable("log", options.probeEveryMs()),
                options.probeEveryMs(),
                threads);
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
            segments.resume(tail);
            repairs.addAll(recovery.repairs());
            durable.publish(tail.last());
            queue.become(State.OPEN, "");
            writer.start();
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
        writer.close();
    }
}
