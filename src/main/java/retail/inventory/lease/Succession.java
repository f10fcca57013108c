package retail.inventory.lease;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Periods of the lease as this process writes them down: its own, and those that it hands on. Of the keeper's thread only. */
final class Succession {

    private final Owners owners;
    private final long ttlMs;
    private final InstantSource wallClock;
    private long tokens;

    Succession(Owners owners, long ttlMs, InstantSource wallClock) {
        this.owners = owners;
        this.ttlMs = ttlMs;
        this.wallClock = wallClock;
    }

    /** A new period of a process. */
    LeaseContent period(String owner, List<String> waiting) {
        Instant now = now();
        return new LeaseContent(owner, owners.me() + "." + tokens++, 0, ttlMs, now, now.plusMillis(ttlMs), waiting);
    }

    /** The same period, gone on with. */
    LeaseContent renewed(LeaseContent period) {
        return period.renewed(ttlMs, now());
    }

    /** The period of the first one in the list who lives and is not this process; null when nobody does. */
    @Nullable
    LeaseContent next(LeaseContent content) throws IOException {
        List<String> waiting = new ArrayList<>(content.without(owners.me()));
        while (!waiting.isEmpty()) {
            String first = waiting.removeFirst();
            if (!owners.isDead(first)) {
                return period(first, waiting);
            }
        }
        return null;
    }

    /** Gives away what a dead process has, so that its file does not lie about for ever; inside the guard, at the start. */
    void sweep(LeaseFile file, LeaseTally tally) throws IOException {
        LeaseContent content = file.read();
        if (content == null) {
            file.delete();
        } else if (owners.isDead(content.owner())) {
            tally.stolen();
            LeaseContent next = next(content);
            if (next == null) {
                file.delete();
            } else {
                file.write(next);
            }
        }
        file.deleteUnfinished(owners);
        owners.deleteDead();
    }

    private Instant now() {
        return wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
