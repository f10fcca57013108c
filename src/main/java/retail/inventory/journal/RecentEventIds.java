package retail.inventory.journal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the latest events, to refuse one that comes twice. Ids are random (74 bits), so an id comes again only when
 * code hands the same event over again, and that happens soon or never: the latest {@value #KEPT} are enough, and few, as
 * every collection of young objects has to copy those that came since the last one. Not thread-safe.
 */
public final class RecentEventIds {

    static final int KEPT = 1 << 9;

    private final Set<UUID> ids = HashSet.newHashSet(KEPT);
    private final @Nullable UUID[] ring = new UUID[KEPT];
    private int next;
    private boolean hashed;

    /** Takes an id that is in the log already; many are taken before the first is added, so only the latest are hashed. */
    public void known(UUID id) {
        put(id);
    }

    /** Adds an id; false when it is there already. */
    public boolean add(UUID id) {
        if (!hashed) {
            Arrays.stream(ring).filter(Objects::nonNull).forEach(ids::add);
            hashed = true;
        }
        if (!ids.add(id)) {
            return false;
        }
        UUID oldest = put(id);
        if (oldest != null) {
            ids.remove(oldest);
        }
        return true;
    }

    private @Nullable UUID put(UUID id) {
        UUID oldest = ring[next];
        ring[next] = id;
        next = (next + 1) % KEPT;
        return oldest;
    }

    /** Forgets the id of an event that did not get into the log. */
    public void remove(UUID id) {
        ids.remove(id);
    }
}
