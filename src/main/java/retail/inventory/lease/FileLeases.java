package retail.inventory.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.files.FileMutex;
import retail.inventory.files.ProcessMutex;

/** Leases as files of a directory that the processes share. The protocol stands in the package's documentation. */
public final class FileLeases implements Leases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileLeases.class);
    private static final String GUARD = ".guard";

    /** A file name that hides nothing and leads nowhere else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~: -]{0,199}");

    private final LeaseFiles files;
    private final LocalLeases leases;
    private final LeaseKeeper keeper;
    private final ProcessMutex guard;
    private final InstantSource wallClock;
    private final LeaseTally tally;

    private FileLeases(
            LeaseFiles files,
            LocalLeases leases,
            LeaseKeeper keeper,
            ProcessMutex guard,
            InstantSource wallClock,
            LeaseTally tally) {
        this.files = files;
        this.leases = leases;
        this.keeper = keeper;
        this.guard = guard;
        this.wallClock = wallClock;
        this.tally = tally;
    }

    /**
     * How leases are kept; the same in all processes of a directory.
     *
     * @param directory where, created when absent; used for nothing else
     * @param ttlMs how long a process that has stopped keeps its leases
     * @param renewMs how often a process renews a lease that it goes on using; less than that
     * @param waitMs how long a thread waits for a lease
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

    /** Takes part in the leases of a directory. What dead processes had there is free then. */
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
        LocalLeases leases = new LocalLeases(options.waitMs(), tally, System::nanoTime);
        LeaseContent.load();
        FileLeases opened = guard.inside(() -> {
            disk.createDirectories(options.directory());
            Owners owners = Owners.enter(disk, options.directory());
            boolean swept = false;
            try {
                LeaseFiles files = new LeaseFiles(disk, options.directory(), owners.me());
                LeaseProtocol protocol = new LeaseProtocol(files, owners, options, wallClock, nanoTime, tally);
                protocol.sweep();
                swept = true;
                LeaseKeeper keeper = new LeaseKeeper(leases, protocol, owners, guard);
                return new FileLeases(files, leases, keeper, guard, wallClock, tally);
            } finally {
                if (!swept) {
                    owners.leave(); // or this process would count as one that lives and takes leases
                }
            }
        });
        opened.keeper.start();
        return opened;
    }

    @Override
    public Lease take(String name, Runnable waits) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a lease: " + name);
        }
        return leases.take(name, waits);
    }

    /** What happened so far. */
    public LeaseCounts counts() {
        return tally.counts();
    }

    /** Why leases cannot be had; empty when they can. */
    public String problem() {
        return keeper.problem();
    }

    /** The leases that any process has, by name: those of changes that are under way now. */
    public List<HeldLease> held() throws IOException {
        List<HeldLease> held = new ArrayList<>();
        for (String name : files.names()) {
            LeaseContent content = files.read(name);
            if (content != null) {
                long sinceMs = Math.max(0, wallClock.millis() - content.since().toEpochMilli());
                held.add(new HeldLease(name, content.owner(), sinceMs, leases.users(name), content.waiting()));
            }
        }
        return held;
    }

    /**
     * Refuses everything from now on and gives away what this process has. Threads that still use a lease lose it. Does not
     * wait long for others: what cannot be given away is free when this process has ended.
     */
    @Override
    public void close() {
        leases.close();
        if (!keeper.awaitEnd()) {
            LOG.warn("Leases are still held; they are free when this process has ended");
            return;
        }
        try {
            guard.close();
        } catch (IOException e) {
            LOG.warn("The guard of the leases could not be closed: {}", e.toString());
        }
    }
}
