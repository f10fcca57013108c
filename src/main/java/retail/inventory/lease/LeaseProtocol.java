package retail.inventory.lease;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.lease.Claim.Place;
import retail.inventory.lease.LocalLease.Work;

/**
 * What lease files say and what a process does about it. The rules, and why they are safe, stand in the package's
 * documentation. Of the keeper's thread only.
 */
final class LeaseProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseProtocol.class);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Outcome UNCHANGED = new Outcome.Unchanged();
    private static final Outcome GONE = new Outcome.Gone();

    private final LeaseFiles files;
    private final Owners owners;
    private final String me;
    private final long ttlMs;
    private final long renewNanos;
    private final InstantSource wallClock;
    private final LongSupplier nanoTime;
    private final LeaseTally tally;
    private long tokens;

    LeaseProtocol(
            LeaseFiles files,
            Owners owners,
            FileLeases.Options options,
            InstantSource wallClock,
            LongSupplier nanoTime,
            LeaseTally tally) {
        this.files = files;
        this.owners = owners;
        this.me = owners.me();
        this.ttlMs = options.ttlMs();
        this.renewNanos = TimeUnit.MILLISECONDS.toNanos(options.renewMs());
        this.wallClock = wallClock;
        this.nanoTime = nanoTime;
        this.tally = tally;
    }

    /** What is known without the guard; empty when that must be entered. */
    Optional<Outcome> look(Work work) throws IOException {
        Claim claim = work.lease().claim();
        if (work.kept() != null) {
            return lookAtOwn(work, work.kept());
        }
        return switch (claim.place()) {
            case NONE -> work.wanted() ? Optional.empty() : Optional.of(GONE);
            case WAITING -> work.wanted() ? lookAtOthers(work, claim) : Optional.empty();
            case OWNER_OR_UNKNOWN -> Optional.empty();
        };
    }

    private Optional<Outcome> lookAtOwn(Work work, Grant kept) throws IOException {
        if (kept.isUnrenewedFor(renewNanos)) {
            return Optional.empty();
        }
        if (!kept.isOlderThan(TURN_NANOS)) {
            return Optional.of(UNCHANGED);
        }
        LeaseContent content = files.read(work.lease().name());
        if (content == null || !isPeriodOf(content, kept)) {
            return Optional.of(lost(work));
        }
        boolean told = work.turnOver() || content.waiting().isEmpty();
        return Optional.of(told ? UNCHANGED : new Outcome.TurnOver());
    }

    private Optional<Outcome> lookAtOthers(Work work, Claim claim) throws IOException {
        long before = nanoTime.getAsLong();
        LeaseContent content = files.read(work.lease().name());
        if (content == null) {
            return Optional.empty();
        }
        if (content.isOf(me)) {
            // whoever gave it to this process did so after it was last seen to be another's, so nobody has watched it
            // longer
            Grant grant = new Grant(nanoTime, content.token(), claim.othersAtNanos(), content.ttlMs());
            claim.become(Place.OWNER_OR_UNKNOWN);
            return grant.isValid() ? Optional.of(new Outcome.Held(grant)) : Optional.empty();
        }
        claim.others(before);
        long after = nanoTime.getAsLong();
        if (claim.isStopped(content, after)
                || !content.waiting().contains(me)
                || owners.isKnownDead(content.owner(), after)) {
            return Optional.empty();
        }
        return Optional.of(new Outcome.Waits(content.owner()));
    }

    /** Makes a file say what this process wants, as far as it may; inside the guard. */
    Outcome settle(Work work) throws IOException {
        long began = nanoTime.getAsLong();
        String name = work.lease().name();
        LeaseContent content = files.read(name);
        if (work.kept() != null) {
            return renew(work, work.kept(), content, began);
        }
        if (content == null) {
            return work.wanted() ? own(work, List.of(), began) : gone(work);
        }
        if (content.isOf(me)) {
            return work.yields() || !work.wanted() ? handOn(work, content, began) : own(work, content.waiting(), began);
        }
        if (!work.wanted()) {
            if (content.waiting().contains(me)) {
                files.write(name, content.leftBy(me));
            }
            return gone(work);
        }
        boolean stopped = work.lease().claim().isStopped(content, nanoTime.getAsLong());
        if (stopped || owners.isDead(content.owner())) {
            tally.stolen();
            LOG.warn(
                    "The lease of {} is taken from process {}, which {}",
                    value("lease", name),
                    value("owner", content.owner()),
                    stopped ? "has not renewed it for " + content.ttlMs() + " ms" : "is dead");
            return own(work, content.without(me), began);
        }
        if (!content.waiting().contains(me)) {
            files.write(name, content.joinedBy(me));
        }
        work.lease().claim().others(began);
        return new Outcome.Waits(content.owner());
    }

    private Outcome renew(Work work, Grant kept, @Nullable LeaseContent content, long began) throws IOException {
        if (content == null || !isPeriodOf(content, kept)) {
            return lost(work);
        }
        files.write(work.lease().name(), content.renewed(ttlMs, now()));
        if (kept.isValid()) { // else it has run out while this was written, and others may have been told so
            kept.renewed(began, ttlMs);
        }
        return UNCHANGED;
    }

    private Outcome own(Work work, List<String> waiting, long began) throws IOException {
        LeaseContent mine = period(me, waiting);
        files.write(work.lease().name(), mine);
        work.lease().claim().become(Place.OWNER_OR_UNKNOWN);
        return new Outcome.Held(new Grant(nanoTime, mine.token(), began, ttlMs));
    }

    /** Gives a lease to who has waited longest, goes to the end of the list when it is still wanted. */
    private Outcome handOn(Work work, LeaseContent content, long began) throws IOException {
        Optional<LeaseContent> next = next(content);
        if (next.isEmpty()) {
            if (work.wanted()) {
                return own(work, List.of(), began);
            }
            files.delete(work.lease().name());
            return gone(work);
        }
        if (!work.wanted()) {
            files.write(work.lease().name(), next.get());
            return gone(work);
        }
        files.write(work.lease().name(), next.get().joinedBy(me));
        work.lease().claim().become(Place.WAITING);
        work.lease().claim().others(began);
        return new Outcome.Waits(next.get().owner());
    }

    /** The period of the first one in the list who lives; empty when nobody does. */
    private Optional<LeaseContent> next(LeaseContent content) throws IOException {
        List<String> waiting = new ArrayList<>(content.without(me));
        while (!waiting.isEmpty()) {
            String first = waiting.removeFirst();
            if (!owners.isDead(first)) {
                return Optional.of(period(first, waiting));
            }
        }
        return Optional.empty();
    }

    /** Gives away what dead processes have, so that their files do not lie about for ever; inside the guard. */
    void sweep() throws IOException {
        for (String name : files.names()) {
            LeaseContent content = files.read(name);
            if (content == null) {
                files.delete(name);
            } else if (owners.isDead(content.owner())) {
                tally.stolen();
                Optional<LeaseContent> next = next(content);
                if (next.isPresent()) {
                    files.write(name, next.get());
                } else {
                    files.delete(name);
                }
            }
        }
        files.deleteUnfinished(owners);
        owners.deleteDead();
    }

    private LeaseContent period(String owner, List<String> waiting) {
        Instant now = now();
        return new LeaseContent(owner, me + "." + tokens++, 0, ttlMs, now, now.plusMillis(ttlMs), waiting);
    }

    private boolean isPeriodOf(LeaseContent content, Grant kept) {
        return content.isOf(me) && content.token().equals(kept.token());
    }

    private static Outcome lost(Work work) {
        work.lease().claim().become(Place.NONE);
        return new Outcome.Lost();
    }

    private static Outcome gone(Work work) {
        work.lease().claim().become(Place.NONE);
        return GONE;
    }

    private Instant now() {
        return wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
