package retail.inventory.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldLine;

/** The holds of a log, beside those of the inventory files with the events after them, and beside the records of their SKUs. */
final class HoldReplay {

    private static final int EXAMPLES = 10;

    private final Consumer<String> problem;
    private final Map<String, Hold> ofLog = new HashMap<>();
    private final Map<String, Hold> ofFiles = new HashMap<>();
    private long through;
    private long different;

    /** Tells what is wrong by sentences. */
    HoldReplay(Consumer<String> problem) {
        this.problem = problem;
    }

    /** The files have a hold. */
    void has(Hold hold) {
        ofFiles.put(hold.id(), hold);
    }

    /** Every event up to this sequence is in the files. */
    void goesThrough(long sequence) {
        through = sequence;
    }

    /** Takes the next event of the log. */
    void take(Event event) {
        Hold hold = event.hold();
        if (hold != null) {
            ofLog.put(hold.id(), hold);
            if (event.sequence() > through) {
                ofFiles.merge(hold.id(), hold, (before, after) -> before.contains(after) ? before : after);
            }
        }
    }

    /** How many are open when the log is over. */
    long open() {
        return ofLog.values().stream()
                .filter(hold -> hold.recorded() == State.HELD)
                .count();
    }

    /** Compares the files with the log; a hold that is over may be forgotten by them, but one with units may not. */
    void compareFiles(Replay replay) {
        Set<String> all = new HashSet<>(replay.isWhole() ? ofFiles.keySet() : Set.of());
        all.addAll(ofLog.keySet());
        for (String id : all) {
            Hold there = ofLog.get(id);
            Hold here = ofFiles.get(id);
            boolean forgotten = here == null && there != null && !hasUnits(there, replay);
            if (!forgotten && (there == null || !there.equals(here))) {
                tell("Hold " + id + ": the log leads to " + text(there) + ", the inventory files to " + text(here));
            }
        }
        tellHowMany("holds of the inventory files and of the log");
    }

    /** Compares the holds of the log with what is set aside of its SKUs. */
    void compareRecords(Replay replay) {
        replay.forEachHeld((key, holds) -> {
            for (HeldUnits units : holds.isAccounted() ? holds.all() : Set.<HeldUnits>of()) {
                Hold hold = ofLog.get(units.holdId());
                HoldLine line = hold == null || hold.recorded() != State.HELD ? null : hold.line(key);
                boolean same =
                        line != null && line.qty() == units.qty() && hold != null && hold.endsMs() == units.endsMs();
                if (!same) {
                    tell("In " + Replay.name(key) + ", hold " + units.holdId() + " has " + units.qty()
                            + " units, but it is " + text(hold));
                }
            }
        });
        tellHowMany("holds and their SKUs");
    }

    private static boolean hasUnits(Hold hold, Replay replay) {
        return hold.recorded() == State.HELD
                && hold.keys().stream().anyMatch(key -> replay.holds(key).find(hold.id()) != null);
    }

    private void tell(String sentence) {
        if (++different <= EXAMPLES) {
            problem.accept(sentence);
        }
    }

    private void tellHowMany(String what) {
        if (different > EXAMPLES) {
            problem.accept("There are " + different + " differences between " + what);
        }
        different = 0;
    }

    private static String text(@Nullable Hold hold) {
        if (hold == null) {
            return "nothing";
        }
        StringBuilder text =
                new StringBuilder(hold.recorded() + " @ " + hold.version() + ", ends " + hold.ends() + ", has");
        for (HoldLine line : hold.lines()) {
            text.append(' ')
                    .append(line.key().storeId())
                    .append('/')
                    .append(line.key().sku())
                    .append(' ')
                    .append(line.qty());
        }
        return text.toString();
    }
}
