package retail.inventory.journal.file;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the latest events, to refuse one that comes twice. Ids are random (74 bits), so an id comes again only when
 * code hands the same event over again, and that happens soon or never: the latest {@value #KEPT} are enough. Not
 * thread-safe.
 */
final class RecentEventIds {

    static final int KEPT = 1 << 16;

    private final Set<UUID> ids = new HashSet<>();
    private final @Nullable UUID[] ring = new UUID[KEPT];
    private int next;

    /** Adds an id; false when it is there already. */
    boolean add(UUID id) {
        if (!ids.add(id)) {
            return false;
        }
        UUID oldest = ring[next];
        if (oldest != null) {
            ids.remove(oldest);
        }
        ring[next] = id;
        next = (next + 1) % KEPT;
        return true;
    }

    /** Forgets the id of an event that did not get into the log. */
    void remove(UUID id) {
        ids.remove(id);
    }
}
