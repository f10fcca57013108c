package retail.inventory.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows of holds that are to be written to the files. Those that are forgotten stay among them only in the process that writes:
 * in one that stands by for days they would be all that ever were.
 */
public final class DirtyHolds {

    private final Set<HoldRow> rows = ConcurrentHashMap.newKeySet();
    private volatile boolean keepsForgotten;

    DirtyHolds() {}

    /** From now on this process writes the files, which have to learn what is forgotten. */
    public void keepForgotten() {
        keepsForgotten = true;
    }

    /** With the row's lock held, before it changes. */
    void add(HoldRow row) {
        rows.add(row);
    }

    /** The table has given a row up. */
    void forgotten(HoldRow row) {
        if (!keepsForgotten) {
            rows.remove(row);
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Takes those that changed since they were last taken. Each leaves before anybody reads it, and a change puts it in before it is
     * made: so what is not read puts it in again.
     */
    public List<HoldRow> take() {
        List<HoldRow> taken = new ArrayList<>();
        for (Iterator<HoldRow> each = rows.iterator(); each.hasNext(); ) {
            HoldRow row = each.next();
            each.remove();
            taken.add(row);
        }
        taken.sort(Comparator.comparing(HoldRow::id)); // or the order would be another one in each run
        return taken;
    }
}
