package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.DiskBreakers;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.files.Disk;
import retail.inventory.files.DiskTrouble;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.journal.PendingAppend;
import retail.inventory.journal.Submitter;

/**
 * The log in files, with group commit: appends only queue, one platform thread writes and forces all that is queued at
 * once and answers it. A hot SKU is as fast as a thousand cold ones, and a slow disk makes batches larger instead of
 * requests fewer. What happens when a write or force fails: {@link LogWriter}. How several processes write one log: {@link SharedEnd}.
 */
public final class FileEventLog implements EventLog, EventFeed {

    private final Disk disk;
    private final Path directory;
    private final SegmentWriter segments;
    private final CommitQueue queue;
    private final DurableEvents durable;
    private final Compactor compactor;
    private final KeysMark keys;
    private final LogWriter writer;
    private final LogOpening opening;
    private final @Nullable Sharing sharing;
    private final PeerEvents others;
    private volatile long keysFrom;

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
        this(
                disk,
                directory,
                options,
                deadLetters,
                new DiskBreakers(Settings.DEFAULT),
                LogWriter.PLATFORM,
                System::nanoTime,
                System::nanoTime,
                null,
                List.of());
    }

    /** The same, watched, with a thread and elapsed time of somebody else's, and perhaps with other processes. */
    FileEventLog(
            Disk disk,
            Path directory,
            Options options,
            DeadLetters deadLetters,
            DiskBreakers breakers,
            ThreadFactory threads,
            LongSupplier syncTime,
            LongSupplier elapsed,
            @Nullable Sharing sharing,
            List<BatchObserver> observers) {
        this.disk = disk;
        this.directory = directory;
        this.segments = new SegmentWriter(disk, directory, options.segmentBytesMax());
        this.queue = new CommitQueue(options.queueBytesMax());
        this.durable = new DurableEvents(disk, directory);
        this.compactor = new Compactor(disk, directory, Segment.archiveOf(directory), options.archiveKeep(), elapsed);
        this.keys = new KeysMark(disk, directory);
        this.opening =
                new LogOpening(disk, directory, options.quarantine() ? deadLetters : null, segments, queue, durable);
        this.sharing = sharing;
        this.others = new PeerEvents(disk, directory, durable, queue);
        LogEnd end = sharing == null
                ? new OwnEnd(segments)
                : new SharedEnd(disk, directory, sharing.turns(), others, segments, durable);
        this.writer = new LogWriter(
                segments,
                end,
                queue,
                durable,
                breakers.forUnrepeatable("log", options.probeEveryMs()),
                options.probeEveryMs(),
                threads,
                syncTime,
                observers);
    }

    @Override
    public Recovered open(long after, Duration keysLive, Consumer<Event> reader) {
        try {
            disk.createDirectories(directory);
            keysFrom = keys.read();
            Recovered recovered = sharing == null
                    ? opening.alone(after, keysLive, reader)
                    : opening.shared(sharing, others, after, keysLive, reader);
            writer.start(opening.unwritable());
            return recovered;
        } catch (IOException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED,
                    "The log in " + directory + " cannot be read or written: " + DiskTrouble.describe(e));
        }
    }

    @Override
    public void append(Event event, Submitter submitter) {
        queue.add(new PendingAppend(event, submitter));
    }

    @Override
    public void expect(IntSupplier appenders) {
        queue.expect(appenders);
    }

    @Override
    public void requireTaking() {
        queue.requireTaking();
    }

    @Override
    public void catchUp() {
        try {
            others.catchUp();
        } catch (IOException | LogDamagedException | EventsGoneException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED, "What other processes wrote to " + directory + " cannot be read: " + e);
        }
    }

    @Override
    public void release(long through, Duration young, LongConsumer pace) {
        onDisk("compacted", () -> compactor.compact(through, young, pace));
    }

    @Override
    public void keepKeysFrom(long sequence) {
        onDisk("told which keys live", () -> keys.write(sequence));
    }

    private void onDisk(String done, LogEnd.Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED, "The log in " + directory + " cannot be " + done + ": " + e);
        }
    }

    @Override
    public @Nullable String logId() {
        return segments.identity().told();
    }

    @Override
    public long holdsThrough(String logId) {
        return LogIdentity.holdsThrough(disk, directory, logId);
    }

    @Override
    public boolean reaches(long sequence) {
        catchUp();
        return sequence <= durable.last();
    }

    @Override
    public long keysFrom() {
        return keysFrom <= durable.last() + 1 ? keysFrom : KeysMark.UNKNOWN; // or it is another log's
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
    public long durableLagNanos() {
        return queue.lagNanos();
    }

    @Override
    public void close() {
        queue.become(State.CLOSED, "the log is closed");
        writer.close();
        if (sharing != null) {
            sharing.leave(others);
        }
    }

    @Override
    public String followingProblem() {
        return others.problem();
    }
}
