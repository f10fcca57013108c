package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog.Recovered;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;

/** How a start reads the log and finds where it goes on. */
final class LogOpening {

    private final Disk disk;
    private final Path directory;
    private final @Nullable DeadLetters quarantine;
    private final SegmentWriter segments;
    private final CommitQueue queue;
    private final DurableEvents durable;
    private @Nullable IOException unwritable;

    /**
     * An opening that has not begun.
     *
     * @param quarantine where damage goes; null = it stops the start
     */
    LogOpening(
            Disk disk,
            Path directory,
            @Nullable DeadLetters quarantine,
            SegmentWriter segments,
            CommitQueue queue,
            DurableEvents durable) {
        this.disk = disk;
        this.directory = directory;
        this.quarantine = quarantine;
        this.segments = segments;
        this.queue = queue;
        this.durable = durable;
    }

    /** For the only process that writes the log: what a crash left at its end is repaired. */
    Recovered alone(long after, Duration keysLive, Consumer<Event> reader) throws IOException {
        List<String> repairs = new ArrayList<>();
        if (quarantine != null) {
            repairs.addAll(new Quarantine(disk, directory, quarantine).mend(after));
        }
        LogRecovery recovery = new LogRecovery(disk, directory, Segment.archiveOf(directory));
        LogRecovery.Tail tail = recovery.read(after, keysLive, known(reader));
        segments.identity().goOn(tail.header());
        resume(tail);
        repairs.addAll(recovery.repairs());
        durable.publish(tail.last());
        return new Recovered(tail.last(), recovery.events(), recovery.bytes(), repairs);
    }

    /** The first process repairs what a crash left while nobody else comes in; others read what is durable meanwhile. */
    Recovered shared(Sharing with, PeerEvents others, long after, Duration keysLive, Consumer<Event> reader)
            throws IOException {
        Recovered repaired = with.turns().inside(() -> with.presence().join() ? alone(after, keysLive, reader) : null);
        Recovered recovered = repaired != null ? repaired : beside(after, keysLive, reader);
        follow(others, reader);
        return recovered;
    }

    /**
     * What was read can be served though nothing can be written, unless some of it still has to be: lines of which nobody
     * knows whether they are durable.
     */
    private void resume(LogRecovery.Tail tail) throws IOException {
        try {
            segments.resume(tail);
        } catch (IOException e) {
            if (!tail.tail().isEmpty()) {
                throw e;
            }
            unwritable = e;
        }
    }

    /** Why the log that was read cannot be written; null when it can. */
    @Nullable
    IOException unwritable() {
        return unwritable;
    }

    /**
     * For one that finds others at work: it reads what is durable by now and changes nothing. They go on meanwhile: what is
     * durable later is not looked at, and segments that leave the log are found in the archive.
     */
    private Recovered beside(long after, Duration keysLive, Consumer<Event> reader) throws IOException {
        if (quarantine != null) {
            throw new LogDamagedException("Other processes are at work on this log: stop them all before a start with"
                    + " --inventory.recovery=quarantine.");
        }
        segments.join();
        return readOn(new Handed(known(reader)), after, keysLive);
    }

    /** Takes in what others write from now on; what they have put away since the log was read comes from the archive. */
    private void follow(PeerEvents others, Consumer<Event> reader) throws IOException {
        others.join(reader);
        while (true) {
            try {
                others.catchUp();
                others.follow();
                return;
            } catch (EventsGoneException compactedMeanwhile) {
                Handed handed = new Handed(known(reader));
                handed.last = durable.last();
                readOn(handed, handed.last, Duration.ZERO);
            }
        }
    }

    private Recovered readOn(Handed handed, long after, Duration keysLive) throws IOException {
        long limit = Math.max(after, DurableMark.read(disk, directory));
        while (true) {
            LogRecovery recovery = new LogRecovery(disk, directory, Segment.archiveOf(directory), limit);
            try {
                LogRecovery.Tail tail = handed.last == 0
                        ? recovery.read(after, keysLive, handed)
                        : recovery.read(Math.max(after, handed.last), Duration.ZERO, handed);
                durable.publish(tail.last());
                return new Recovered(tail.last(), handed.events, recovery.bytes(), List.of());
            } catch (NoSuchFileException compactedMeanwhile) {
                // the next listing has it in the archive, and reading goes on where it was
            }
        }
    }

    /** Hands each event over once, though its segment may be read again. */
    private static final class Handed implements Consumer<Event> {
        private final Consumer<Event> reader;
        private long last;
        private long events;

        private Handed(Consumer<Event> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(Event event) {
            if (event.sequence() > last) {
                last = event.sequence();
                events++;
                reader.accept(event);
            }
        }
    }

    private Consumer<Event> known(Consumer<Event> reader) {
        return event -> {
            queue.known(event);
            reader.accept(event);
        };
    }
}
