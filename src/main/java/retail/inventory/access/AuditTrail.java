package retail.inventory.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.files.FileMutex;

/**
 * Who did what, as far as it is rare and matters: what was done to keys, syncs and replays by hand, starts, refusals. Each line
 * has the hash of the one before, whoever wrote that: all processes in a data directory and its commands write one chain. It
 * is in no backup.
 *
 * <p>The chain alone proves nothing against somebody who can write the files, and makes it anew: its head goes to the log
 * ({@link #tellHead}), which is collected elsewhere.
 */
public final class AuditTrail {

    /** Does what is done by a command: somebody with a shell and this user's rights. */
    static final String BY_COMMAND = "command";

    /** Does what the service does by itself. */
    static final String BY_SERVICE = "service";

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private static final Duration KEPT = Duration.ofDays(400);
    private static final String LOCK = "trail.lock";

    /** Of a day's file, behind which it has acts alone: some 60,000 lines. */
    static final long REFUSALS_MAX_BYTES = 16 << 20;

    /** The lock beside the files is the process's, and closing it once lets others in; so one thread of it at a time. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Disk disk;
    private final InstantSource clock;
    private final TrailFiles files;
    private final LongAdder lost = new LongAdder();
    private volatile String told = TrailLine.NOTHING;
    private volatile boolean tells;

    /** The one of a data directory. */
    public AuditTrail(Disk disk, Path data, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
        this.files = new TrailFiles(disk, data);
    }

    /**
     * Adds a line, durable when this returns: to be called before the act.
     *
     * @param by the {@link Identity#by} of who does it
     * @param details what else is to be said of it; texts are cut after 256 characters
     * @throws TrailUnwrittenException when that cannot be: the act must not be done
     */
    public void add(String act, String by, Map<String, String> details) throws TrailUnwrittenException {
        boolean _ = add(new TrailAct(act, by, details), Long.MAX_VALUE);
    }

    /** Whether it was added: not when the day's file has more bytes than this. */
    private boolean add(TrailAct act, long bytesMax) throws TrailUnwrittenException {
        THREADS.lock();
        try {
            disk.createDirectories(files.directory());
            try (FileMutex mutex = new FileMutex(disk, files.directory().resolve(LOCK))) {
                return mutex.inside(() -> append(act, bytesMax));
            }
        } catch (IOException e) {
            throw new TrailUnwrittenException(files.directory(), act.act(), e);
        } finally {
            THREADS.unlock();
        }
    }

    /** A clock that was set back does not begin a file before the last one: the chain goes on in that. */
    private boolean append(TrailAct act, long bytesMax) throws IOException {
        TrailFiles.Tail tail = files.tail();
        Instant now = clock.instant();
        String today = TrailFiles.name(now);
        if (tail.end() > bytesMax && today.equals(tail.file())) {
            return false;
        }
        String file = tail.file() == null || tail.file().compareTo(today) < 0 ? today : tail.file();
        String prev = tail.head();
        if (tail.file() != null && tail.torn() > 0) {
            files.cut(tail.file(), tail.end());
            TrailAct torn =
                    new TrailAct("torn", BY_SERVICE, Map.of("file", tail.file(), "bytes", Long.toString(tail.torn())));
            prev = add(file, now, torn, prev);
        }
        String _ = add(file, now, act, prev);
        return true;
    }

    private String add(String file, Instant now, TrailAct act, String prev) throws IOException {
        byte[] line = TrailLine.encode(now, act, prev);
        files.add(file, line);
        return TrailLine.hash(line, 0, line.length);
    }

    /** Adds a line about something that is done in any case; one that cannot be written is {@link #lost}. */
    private void tell(String act, String by, Map<String, String> details) {
        try {
            add(act, by, details);
        } catch (TrailUnwrittenException e) {
            lose(1);
            LOG.warn("A line \"{}\" is missing in the trail: {}", act, String.valueOf(e.getCause()));
        }
    }

    /** Tells of refusals, unless the day has so many of them that strangers would fill the disk, which stock needs. */
    void refused(String by, Map<String, String> details, long count) {
        try {
            if (!add(new TrailAct("refused", by, details), REFUSALS_MAX_BYTES)) {
                lose(count);
            }
        } catch (TrailUnwrittenException e) {
            lose(count);
            LOG.warn("A line \"refused\" is missing in the trail: {}", String.valueOf(e.getCause()));
        }
    }

    /** Tells of acts that are in no line. */
    void lose(long count) {
        lost.add(count);
    }

    /** How many acts are in no line, of those that were done in any case: refusals, starts, keys that were read. */
    public long lost() {
        return lost.sum();
    }

    /**
     * Tells of a start, which does not fail for want of a line: who cannot write could not read stock either. Drops files of days
     * that are over 400 days ago.
     *
     * @param settings all that are in force
     */
    public void started(Access.Mode mode, String settings) {
        try {
            files.deleteBefore(TrailFiles.day(clock.instant().minus(KEPT)));
        } catch (IOException e) {
            LOG.warn("Old files of the trail cannot be deleted: {}", e.toString());
        }
        tell("start", BY_SERVICE, Map.of("mode", mode.name(), "settings", TrailLine.hash(settings)));
    }

    /** Tells that other keys are in force. */
    void keysRead(Keys keys) {
        tell("keys-read", BY_SERVICE, Map.of("alive", Long.toString(keys.alive())));
    }

    /** From now on the head goes to the log: of a start that fails there is one line, which says why. */
    public void tellHeads() {
        tells = true;
    }

    /** Writes the last line's hash to the log, unless it was written there before. */
    void tellHead() {
        if (!tells) {
            return;
        }
        try {
            String head = files.tail().head();
            if (!head.equals(told)) {
                told = head;
                LOG.info("The head of the trail is {}", head);
            }
        } catch (IOException e) {
            LOG.warn("The head of the trail cannot be read: {}", e.toString());
        }
    }
}
