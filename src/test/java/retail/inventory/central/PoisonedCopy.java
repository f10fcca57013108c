package retail.inventory.central;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import retail.inventory.background.DiskBreakers;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;

/** The central copy of a log for the tests of other packages. Events of one SKU are such as it cannot apply. */
public final class PoisonedCopy implements AutoCloseable {

    /** The SKU whose events go to the dead letters. */
    public static final String POISON = "poison";

    private static final long INTERVAL_MS = 2;

    private final Disk disk;
    private final Copy copy;

    /** A copy that does nothing yet. */
    public PoisonedCopy(Disk disk, EventFeed log, DiskBreakers breakers) {
        this(disk, log, () -> false, breakers, INTERVAL_MS, Thread.ofPlatform().factory());
    }

    /**
     * The same, looking at the log by itself so often, on threads that somebody else makes.
     *
     * @param healed whether it can apply all events by now
     */
    public PoisonedCopy(
            Disk disk,
            EventFeed log,
            BooleanSupplier healed,
            DiskBreakers breakers,
            long intervalMs,
            ThreadFactory threads) {
        this.disk = disk;
        this.copy = new Copy(disk, new PoisonedFeed(log, healed), intervalMs, breakers, threads);
    }

    private record PoisonedFeed(EventFeed log, BooleanSupplier healed) implements EventFeed {

        @Override
        public Batch read(long after, int limit) {
            Batch batch = log.read(after, limit);
            return healed.getAsBoolean()
                    ? batch
                    : new Batch(
                            batch.events().stream().map(PoisonedFeed::poisoned).toList(), batch.through());
        }

        private static Event poisoned(Event event) {
            return isPoisoned(event)
                    ? new Event(
                            event.sequence(),
                            event.eventId(),
                            event.atMs(),
                            "RESTOCK",
                            event.movements(),
                            event.expectedVersion(),
                            event.cause(),
                            event.request(),
                            event.traceId())
                    : event;
        }

        @Override
        public long durableSequence() {
            return log.durableSequence();
        }

        @Override
        public long lookAgeMs() {
            return log.lookAgeMs();
        }

        @Override
        public Original original(long sequence) {
            return log.original(sequence);
        }

        @Override
        public void onCommit(Runnable listener) {
            log.onCommit(listener);
        }
    }

    /** Whether it cannot apply an event, which is then applied to none of its SKUs. */
    public static boolean isPoisoned(Event event) {
        for (int i = 0; i < event.movements().size(); i++) {
            if (event.movements().get(i).key().sku().equals(POISON)) {
                return true;
            }
        }
        return false;
    }

    /** Recovers, has all that is durable, and follows the log. */
    public void start() {
        copy.central.start(false);
    }

    /** Applies what is durable now; false when the disk does not let it. */
    public boolean follow() {
        return copy.worker.syncSafely();
    }

    /** Why it stands still; empty when it does not. */
    public String problem() {
        return copy.worker.problem();
    }

    /** Writes a snapshot; false when the disk does not let it. */
    public boolean snapshot() {
        long through = copy.worker.position();
        try {
            copy.saving.run(() -> copy.snapshots.save(copy.view, through, null, null, nanos -> {}));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sequence up to which it can do without the log. */
    public long covered() throws IOException {
        return new CentralFiles(disk, Copy.DATA).covered();
    }

    /** Store/SKU = quantity @ version. */
    public Map<String, String> stock() {
        return copy.stock();
    }

    /** Sequences of the dead letters. */
    public List<Long> dead() {
        return copy.dead();
    }

    /** Applies the event of a dead letter again; true when it is out of the letters for good. */
    public boolean replay(long sequence) {
        Letter letter = copy.letters.find(sequence);
        return letter != null && copy.central.replay(letter) == null;
    }

    /** Stops. */
    @Override
    public void close() {
        copy.close();
    }
}
