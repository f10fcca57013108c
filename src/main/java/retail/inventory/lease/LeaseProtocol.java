package retail.inventory.lease;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lease file says and what this process does about it. The rules, and why they are safe, stand in the package's
 * documentation. Of the keeper's thread only.
 */
final class LeaseProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseProtocol.class);
    /** How often the process that waits longest reads the file; the one behind it half as often, and so on. */
    private static final long READ_WHEN_WAITING_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

    private final LeaseFile file;
    private final Owners owners;
    private final String me;
    private final long ttlMs;
    private final long renewNanos;
    private final Succession succession;
    private final LongSupplier nanoTime;
    private final LeaseTally tally;
    private final Wanted wanted;
    private final ObservedOwner others = new ObservedOwner();
    private final Turn turn;
    private Place place = Place.NONE;
    private int ahead;

    /** How the file names this process; as the owner also when that is not known, for the disk failed. */
    private enum Place {
        NONE,
        WAITING,
        OWNER_OR_UNKNOWN
    }

    LeaseProtocol(
            LeaseFile file,
            Owners owners,
            FileLeases.Options options,
            Succession succession,
            LongSupplier nanoTime,
            LeaseTally tally,
            Wanted wanted) {
        this.file = file;
        this.owners = owners;
        this.me = owners.me();
        this.ttlMs = options.ttlMs();
        this.renewNanos = TimeUnit.MILLISECONDS.toNanos(options.renewMs());
        this.succession = succession;
        this.nanoTime = nanoTime;
        this.tally = tally;
        this.wanted = wanted;
        this.turn = new Turn(nanoTime);
    }

    /** When to look again at the latest, if nobody comes or goes. */
    long restNanos() {
        return switch (place) {
            case NONE -> Long.MAX_VALUE;
            case WAITING -> READ_WHEN_WAITING_NANOS * (1 + ahead);
            case OWNER_OR_UNKNOWN -> turn.restNanos();
        };
    }

    /** Does what can be done without the guard; whether it must be entered. */
    boolean look() throws IOException {
        Period kept = wanted.period();
        if (kept != null) {
            return lookAtOwn(kept);
        }
        return switch (place) {
            case NONE -> wanted.isWaitedFor();
            case WAITING -> !wanted.isWaitedFor() || lookAtOthers();
            case OWNER_OR_UNKNOWN -> true;
        };
    }

    private boolean lookAtOwn(Period kept) throws IOException {
        if (!kept.isValid() || kept.isUnrenewedFor(renewNanos) || isToBeGivenAway(kept)) {
            return true;
        }
        if (turn.isToRead()) {
            LeaseContent content = file.read();
            if (content == null || !isPeriodOf(content, kept)) {
                return true;
            }
            turn.read(!content.waiting().isEmpty());
        }
        if (turn.isOver(kept)) {
            kept.shut();
        }
        return isToBeGivenAway(kept);
    }

    private boolean isToBeGivenAway(Period kept) {
        return wanted.isClosed() || (kept.isShut() && kept.users() == 0);
    }

    private boolean lookAtOthers() throws IOException {
        long before = nanoTime.getAsLong();
        LeaseContent content = file.read();
        if (content == null) {
            return true;
        }
        if (content.isOf(me)) {
            // who gave it did so after it was last seen to be another's, so nobody has watched it for longer
            Period period = period(content.token(), others.hadItAtNanos(), content.ttlMs(), true);
            place = Place.OWNER_OR_UNKNOWN;
            if (period.isValid()) {
                begin(period);
            }
            return !period.isValid();
        }
        long after = nanoTime.getAsLong();
        boolean stopped = others.isStopped(content, before, after);
        wanted.heldBy(content.owner());
        ahead = content.waiting().indexOf(me);
        return stopped || ahead < 0 || owners.isKnownDead(content.owner(), after);
    }

    /** Makes the file say what this process wants, as far as it may; inside the guard. Whether it has written. */
    boolean settle() throws IOException {
        long began = nanoTime.getAsLong();
        LeaseContent content = file.read();
        Period kept = wanted.period();
        if (kept != null && keeps(kept, content, began)) {
            return true;
        }
        boolean yields = kept != null && content != null && isPeriodOf(content, kept);
        if (content == null) {
            return wanted.isWaitedFor() ? own(List.of(), place == Place.WAITING, began) : gone();
        }
        if (content.isOf(me)) {
            if (yields || !wanted.isWaitedFor()) {
                return handOn(content, began);
            }
            return own(content.waiting(), place == Place.WAITING, began);
        }
        if (!wanted.isWaitedFor()) {
            if (content.waiting().contains(me)) {
                file.write(content.leftBy(me));
            }
            return gone();
        }
        boolean stopped = others.isStopped(content, began, nanoTime.getAsLong());
        if (stopped || owners.isDead(content.owner())) {
            tally.stolen();
            LOG.warn(
                    "The lease is taken from process {}, which {}",
                    value("owner", content.owner()),
                    stopped ? "has not renewed it for " + content.ttlMs() + " ms" : "is dead");
            return own(content.without(me), true, began);
        }
        if (!content.waiting().contains(me)) {
            file.write(content.joinedBy(me));
        }
        wanted.heldBy(content.owner());
        return waits();
    }

    /** Whether the period goes on; else it is over. */
    private boolean keeps(Period kept, @Nullable LeaseContent content, long began) throws IOException {
        boolean mine = content != null && isPeriodOf(content, kept);
        if (mine && kept.isIdleFor(renewNanos)) {
            kept.shut(); // who does nothing needs no lease
        }
        boolean givenAway = mine && isToBeGivenAway(kept);
        if (content != null && mine && !givenAway && kept.isValid()) {
            file.write(succession.renewed(content));
            if (kept.isValid()) { // else it has run out while this was written, and others may have been told so
                kept.renewed(began, ttlMs);
                return true;
            }
        }
        if (!mine || (kept.users() > 0 && !givenAway)) {
            tally.expired();
        }
        wanted.end(kept);
        return false;
    }

    private boolean own(List<String> waiting, boolean contended, long began) throws IOException {
        LeaseContent mine = succession.period(me, waiting);
        file.write(mine);
        place = Place.OWNER_OR_UNKNOWN;
        begin(period(mine.token(), began, ttlMs, contended));
        return true;
    }

    /** Gives the lease to who has waited longest, goes to the end of the list when it is still wanted. */
    private boolean handOn(LeaseContent content, long began) throws IOException {
        LeaseContent next = succession.next(content);
        if (next == null) {
            if (wanted.isWaitedFor()) {
                return own(List.of(), false, began);
            }
            file.delete();
            return gone();
        }
        if (!wanted.isWaitedFor()) {
            file.write(next);
            return gone();
        }
        others.isGivenIt(began);
        file.write(next.joinedBy(me));
        return waits();
    }

    /** The disk has failed: what the file says is not known. */
    void failed() {
        place = Place.OWNER_OR_UNKNOWN;
    }

    private boolean waits() {
        place = Place.WAITING;
        ahead = 0; // until the file is read again
        return true;
    }

    private boolean gone() {
        place = Place.NONE;
        return false;
    }

    private void begin(Period period) {
        turn.begin(period.isContended());
        wanted.begin(period);
    }

    private Period period(String token, long sinceNanos, long periodTtlMs, boolean contended) {
        return new Period(nanoTime, token, sinceNanos, periodTtlMs, contended, wanted::drained);
    }

    private boolean isPeriodOf(LeaseContent content, Period kept) {
        return content.isOf(me) && content.token().equals(kept.token());
    }
}
