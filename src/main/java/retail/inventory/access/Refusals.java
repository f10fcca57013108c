package retail.inventory.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were refused for who sent them, on their way into the trail: of each sender the first within a second, and then
 * how many there were, every ten seconds at most. So one who is refused all the time hides nobody else, and no request waits
 * for the disk.
 */
public final class Refusals {

    private static final int SENDERS_MAX = 1000;

    /** However many senders there are. */
    private static final int LINES_AT_ONCE = 5;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PASSES_PER_HEAD = 60;

    private final AuditTrail trail;
    private final LongSupplier nanos;
    private final Cache<String, Tally> senders;
    private int passes;

    /** What of a sender is in no line yet: how many, what the latest was, and when the next line is due. */
    private record Tally(long count, Map<String, String> details, long due) {}

    Refusals(AuditTrail trail, LongSupplier nanos) {
        this.trail = trail;
        this.nanos = nanos;
        this.senders = Caffeine.newBuilder()
                .maximumSize(SENDERS_MAX)
                .executor(Runnable::run)
                .evictionListener((@Nullable String _, @Nullable Tally tally, RemovalCause _) -> {
                    if (tally != null) {
                        trail.lose(tally.count());
                    }
                })
                .build();
    }

    /**
     * Counts one.
     *
     * @param sender an identity, or an address
     * @param details what was refused
     */
    public void add(String sender, Map<String, String> details) {
        long now = nanos.getAsLong();
        senders.asMap()
                .compute(
                        sender,
                        (key, before) -> before == null
                                ? new Tally(1, details, now)
                                : new Tally(before.count() + 1, details, before.due()));
    }

    /** Writes what is due, and the head of the trail to the log once in a while; by one thread. */
    void pass() {
        write(false, LINES_AT_ONCE);
        passes++;
        if (passes % PASSES_PER_HEAD == 0) {
            trail.tellHead();
        }
    }

    /** Writes all that is left, as the service ends. */
    void lastPass() {
        write(true, SENDERS_MAX);
        trail.tellHead();
    }

    private void write(boolean all, int most) {
        long now = nanos.getAsLong();
        List<Map.Entry<String, Tally>> due = new ArrayList<>();
        for (Map.Entry<String, Tally> sender : senders.asMap().entrySet()) {
            if (all || now - sender.getValue().due() >= 0) {
                due.add(Map.entry(sender.getKey(), sender.getValue()));
            }
        }
        due.sort(Comparator.comparingLong(sender -> sender.getValue().due() - now)); // who waits longest is first
        int left = most;
        for (Map.Entry<String, Tally> sender : due) {
            Tally taken = left > 0 ? take(sender.getKey(), now) : null;
            if (taken != null && taken.count() > 0) {
                left--;
                Map<String, String> details = new LinkedHashMap<>(taken.details());
                details.put("count", Long.toString(taken.count()));
                trail.refused(sender.getKey(), details, taken.count());
            }
        }
    }

    /** One of whom there is nothing to tell is forgotten. */
    private @Nullable Tally take(String sender, long now) {
        Tally[] taken = new Tally[1];
        senders.asMap().computeIfPresent(sender, (key, tally) -> {
            taken[0] = tally;
            return tally.count() == 0 ? null : new Tally(0, tally.details(), now + PAUSE_NANOS);
        });
        return taken[0];
    }
}
