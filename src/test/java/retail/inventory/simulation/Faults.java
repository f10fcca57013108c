package retail.inventory.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import retail.inventory.files.DiskHook;

/** Makes the n-th operation of a kind fail, and perhaps all of its kind after it. */
final class Faults implements DiskHook {

    private final Operation kind;
    private final String error;
    private final Span span;
    private final Map<Place, Integer> injected = new EnumMap<>(Place.class);
    private final int nth;
    private int left;
    private boolean broken;
    private boolean healed;

    /** How long it fails. */
    enum Span {
        ONCE,
        FOR_A_WHILE,
        /** Until the power is cut. */
        TO_THE_END
    }

    /** Whose operation it was. */
    enum Place {
        /** The thread that makes events durable, in its segments. Only here a failure concerns who writes. */
        LOG,
        /** The same thread, in the mark of what is durable. */
        MARK,
        INVENTORY_FILES,
        SNAPSHOTS,
        DEAD_LETTERS,
        /** Moving segments that nobody needs. */
        COMPACTION;

        private static Place of(Path file) {
            if (Thread.currentThread().getName().equals("log-writer")) {
                return file.endsWith("durable") ? MARK : LOG;
            }
            String path = file.toString();
            if (path.startsWith("/data/inventory")) {
                return INVENTORY_FILES;
            }
            if (path.startsWith("/data/central")) {
                return SNAPSHOTS;
            }
            return path.startsWith("/data/dead-letter") ? DEAD_LETTERS : COMPACTION;
        }
    }

    Faults(Operation kind, String error, int nth, Span span) {
        this.kind = kind;
        this.error = error;
        this.nth = nth;
        this.left = nth;
        this.span = span;
    }

    @Override
    public synchronized void before(Operation operation, Path file) throws IOException {
        if (operation != kind || healed) {
            return;
        }
        left--;
        if (left == 0 || (left < 0 && span != Span.ONCE)) {
            broken = true;
            injected.merge(Place.of(file), 1, Integer::sum);
            throw new IOException(error);
        }
    }

    /** From now on everything works; false when it never will. */
    synchronized boolean heal() {
        healed = span != Span.TO_THE_END;
        return healed;
    }

    /** Whether the disk fails now. */
    synchronized boolean isBroken() {
        return broken && span != Span.ONCE && !healed;
    }

    /** How many operations failed, by whose they were. */
    synchronized Map<Place, Integer> injected() {
        return new EnumMap<>(injected);
    }

    synchronized boolean hit(Place place) {
        return injected.containsKey(place);
    }

    @Override
    public synchronized String toString() {
        return kind + " " + nth + " failing " + span + " (" + error + "), failed so far: " + injected;
    }
}
