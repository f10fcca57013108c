package retail.inventory.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.files.FileMutex;
import retail.inventory.files.ProcessMutex;

/** The lease as a file of a directory that the processes share. The protocol stands in the package's documentation. */
public final class FileLeases implements Leases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileLeases.class);
    private static final String GUARD = ".guard";

    private final LeaseFile file;
    private final String me;
    private final Wanted wanted;
    private final LeaseKeeper keeper;
    private final ProcessMutex guard;
    private final InstantSource wallClock;
    private final LeaseTally tally;

    private FileLeases(
            LeaseFile file,
            String me,
            Wanted wanted,
            LeaseKeeper keeper,
            ProcessMutex guard,
            InstantSource wallClock,
            LeaseTally tally) {
        this.file = file;
        this.me = me;
        this.wanted = wanted;
        this.keeper = keeper;
        this.guard = guard;
        this.wallClock = wallClock;
        this.tally = tally;
    }

    /**
     * How the lease is kept; the same in all processes of a directory.
     *
     * @param directory where, created when absent; used for nothing else
     * @param ttlMs how long a process that has stopped keeps the lease
     * @param renewMs how often a process renews it when it goes on using it; less than that
     * @param waitMs how long a thread waits for it
     */
    public record Options(Path directory, long ttlMs, long renewMs, long waitMs) {
        /** Holds the rules. */
        public Options {
            if (renewMs < 1 || waitMs < 1 || ttlMs > LeaseContent.TTL_MAX_MS) {
                throw new IllegalArgumentException("times must be above 0, and none above 10 minutes");
            }
            if (renewMs >= ttlMs) {
                throw new IllegalArgumentException("a lease that is never renewed in time: each " + renewMs
                        + " ms, and it lives for " + ttlMs + " ms");
            }
        }
    }

    /** Takes part in the lease of a directory. What a dead process had is free then. */
    public static FileLeases open(Disk disk, Options options, InstantSource wallClock) throws IOException {
        ProcessMutex guard = new FileMutex(disk, options.directory().resolve(GUARD));
        try {
            return open(disk, guard, options, wallClock, System::nanoTime);
        } catch (IOException | RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    static FileLeases open(
            Disk disk, ProcessMutex guard, Options options, InstantSource wallClock, LongSupplier nanoTime)
            throws IOException {
        LeaseTally tally = new LeaseTally();
        Wanted wanted = new Wanted(options.waitMs(), tally);
        LeaseContent.load();
        FileLeases opened = guard.inside(() -> {
            disk.createDirectories(options.directory());
            Owners owners = Owners.enter(disk, options.directory());
            boolean swept = false;
            try {
                LeaseFile file = new LeaseFile(disk, options.directory(), owners.me());
                Succession succession = new Succession(owners, options.ttlMs(), wallClock);
                succession.sweep(file, tally);
                swept = true;
                LeaseProtocol protocol = new LeaseProtocol(file, owners, options, succession, nanoTime, tally, wanted);
                LeaseKeeper keeper = new LeaseKeeper(wanted, protocol, owners, guard);
                return new FileLeases(file, owners.me(), wanted, keeper, guard, wallClock, tally);
            } finally {
                if (!swept) {
                    owners.leave(); // or this process would count as one that lives and takes the lease
                }
            }
        });
        opened.keeper.start();
        return opened;
    }

    @Override
    public Lease take(Runnable waits) {
        return wanted.take(waits);
    }

    @Override
    public int users() {
        return wanted.users();
    }

    /** What happened so far. */
    public LeaseCounts counts() {
        return tally.counts();
    }

    /** Why the lease cannot be had; empty when it can. */
    public String problem() {
        return keeper.problem();
    }

    /** The lease, when any process has it: one that is changing something, or was a moment ago. */
    public List<HeldLease> held() throws IOException {
        LeaseContent content = file.read();
        if (content == null) {
            return List.of();
        }
        Period period = content.isOf(me) ? wanted.period() : null;
        return List.of(new HeldLease(
                LeaseFile.NAME,
                content.owner(),
                Math.max(0, wallClock.millis() - content.since().toEpochMilli()),
                period == null ? 0 : period.users(),
                content.waiting()));
    }

    /**
     * Refuses everything from now on and gives away what this process has. Threads that still use the lease lose it. Does not
     * wait long for others: what cannot be given away is free when this process has ended.
     */
    @Override
    public void close() {
        wanted.close();
        if (!keeper.awaitEnd()) {
            LOG.warn("The lease is still held; it is free when this process has ended");
            return;
        }
        try {
            guard.close();
        } catch (IOException e) {
            LOG.warn("The guard of the lease could not be closed: {}", e.toString());
        }
    }
}
