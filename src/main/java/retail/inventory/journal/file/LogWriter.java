package retail.inventory.journal.file;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.DiskBreaker;
import retail.inventory.files.DiskTrouble;
import retail.inventory.journal.Appended;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.PendingAppend;
import retail.inventory.process.Defects;
import retail.inventory.process.ProcessEnd;

/**
 * The log's thread: it takes all that is queued, makes it durable at once and answers it.
 *
 * <p>When a write or force fails, nothing more goes to that segment, whatever a second try would say: Linux reports a
 * failed writeback once and then calls the pages clean (Rebello et al., ATC 2020). Everything not durable is answered
 * {@code Unavailable}, the breaker opens, and each time it lets a try through that is a new segment, until one works.
 */
final class LogWriter {

    /** Makes the thread of a log. */
    static final ThreadFactory PLATFORM = Thread.ofPlatform().name("log-writer").factory();

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long ASK_BREAKER_EVERY_MS = 50;

    private final SegmentWriter segments;
    private final LogEnd end;
    private final CommitQueue queue;
    private final DurableEvents durable;
    private final DiskBreaker breaker;
    private final long askBreakerEveryMs;
    private final LineEncoder encoder = new LineEncoder();
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final List<BatchObserver> observers;

    LogWriter(
            SegmentWriter segments,
            LogEnd end,
            CommitQueue queue,
            DurableEvents durable,
            DiskBreaker breaker,
            long probeEveryMs,
            ThreadFactory threads,
            LongSupplier nanoTime,
            List<BatchObserver> observers) {
        this.segments = segments;
        this.end = end;
        this.queue = queue;
        this.durable = durable;
        this.breaker = breaker;
        this.askBreakerEveryMs = Math.min(probeEveryMs, ASK_BREAKER_EVERY_MS);
        this.nanoTime = nanoTime;
        this.observers = observers;
        this.thread = threads.newThread(this::run);
    }

    /**
     * Takes events from now on.
     *
     * @param unwritable why none, as at {@link #reopen}; null when it can
     */
    void start(@Nullable IOException unwritable) {
        if (unwritable == null) {
            queue.become(State.OPEN, "");
        } else {
            queue.become(State.READ_ONLY, readOnly(unwritable));
        }
        thread.start();
    }

    /** Waits until all that was queued before the queue was closed is answered, then closes the segment. */
    void close() {
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
            end.close();
        } catch (IOException e) {
            LOG.warn(
                    "wal/durable could not be forced; the next start reads the end of the log instead: {}",
                    e.toString());
        }
    }

    /** A defect in {@link #commit} is a failed write like any other; after one anywhere else nobody knows what was answered. */
    private void run() {
        try {
            if (queue.status().state() == State.READ_ONLY) {
                reopen();
            }
            while (queue.await()) {
                writeBatch();
            }
        } catch (RuntimeException | Error e) {
            Defects.caught(e);
            String what = "the thread that writes the log has ended by a defect: " + e;
            queue.fail(List.of(), what);
            LOG.error("Read-only until a new start, for {}", what, e);
            ProcessEnd.because(what, e);
        }
    }

    private void writeBatch() {
        Batch batch = new Batch();
        long start = nanoTime.getAsLong();
        try {
            breaker.run(() -> end.atEnd(() -> commit(batch)));
        } catch (IOException | RuntimeException | Error e) {
            batch.answerDurable(); // if only the leaving failed
            fail(e);
            reopen();
            return;
        }
        long nanos = nanoTime.getAsLong() - start;
        queue.synced(batch.events.size(), nanos);
        batch.answerDurable(); // apart from commit: once durable, nothing may lead to fail()
        durable.tellFollowers();
        if (!batch.events.isEmpty()) {
            observers.forEach(observer -> tell(observer, batch, nanos));
        }
    }

    private void tell(BatchObserver observer, Batch batch, long nanos) {
        try {
            observer.durable(batch.first, batch.first + batch.events.size() - 1, nanos, segments.forceNanos());
        } catch (RuntimeException | Error e) {
            Defects.caught(e);
            LOG.error("A listener of the log failed", e);
        }
    }

    /** What was made durable at once. */
    private static final class Batch {
        private List<PendingAppend> events = List.of();
        private long first;

        private void answerDurable() {
            long sequence = first;
            for (PendingAppend pending : events) {
                pending.tell(new Appended.Durable(sequence++));
            }
        }
    }

    private void commit(Batch batch) throws IOException {
        List<PendingAppend> taken = queue.take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            batch.first = write(taken);
            batch.events = taken;
        } catch (IOException | RuntimeException | Error e) {
            queue.fail(taken, unwritable(e)); // still at the end, where nothing is taken in that others wrote
            throw e;
        }
    }

    /** Makes them durable; the sequence of the first. */
    private long write(List<PendingAppend> taken) throws IOException {
        long first = durable.last() + 1;
        List<Event> placed = new ArrayList<>(taken.size());
        encoder.clear();
        for (PendingAppend pending : taken) {
            Event event = pending.event().at(first + placed.size());
            encoder.event(event.sequence(), placed.isEmpty() ? first - 1 : LineEncoder.NO_CLAIM, event);
            placed.add(event);
        }
        long last = first + placed.size() - 1;
        end.commit(encoder, first, last);
        durable.publish(placed, last);
        return first;
    }

    private String readOnly(Throwable cause) {
        LOG.error(
                "The log cannot be written: read-only from sequence {} on until a new segment works",
                value("sequence", durable.last()),
                cause);
        return unwritable(cause);
    }

    private static String unwritable(Throwable cause) {
        return "the log cannot be written: " + DiskTrouble.describe(cause);
    }

    private void fail(Throwable cause) {
        if (cause instanceof Error) {
            Defects.caught(cause);
        }
        String why = readOnly(cause);
        end.undisturbed(() -> queue.fail(List.of(), why));
    }

    /** Tries a new segment, whenever the breaker lets it, until one works or the log is closed. */
    private void reopen() {
        String told = "";
        while (queue.pauseWhileNotClosed(askBreakerEveryMs)) {
            try {
                breaker.run(() -> end.atEnd(() -> end.probe(durable.last() + 1)));
                LOG.info(
                        "The log can be written again: a new segment begins at sequence {}",
                        value("sequence", durable.last() + 1));
                queue.become(State.OPEN, "");
                return;
            } catch (DiskBreaker.OpenException tooEarly) {
                // it says when to try
            } catch (IOException | RuntimeException | Error e) {
                ProcessEnd.ifOutOfMemory(e);
                if (!e.toString().equals(told)) { // or a full disk would be told of every second
                    LOG.warn("The log still cannot be written: {}", DiskTrouble.describe(e));
                }
                told = e.toString();
            }
        }
    }
}
