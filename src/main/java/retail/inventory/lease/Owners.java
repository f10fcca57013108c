package retail.inventory.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import retail.inventory.files.Disk;
import retail.inventory.files.Disk.HeldLock;

/**
 * The processes that take the lease. Each holds an operating system's lock for as long as it lives; who can get that lock
 * knows that it is dead, at once and for certain. An id is never used again, so death is for ever.
 */
final class Owners {

    /**
     * Those of this process. Their files must not be opened again: the operating system's locks belong to the process, and
     * are lost when it closes any channel of the file (POSIX, {@code fcntl}).
     */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private static final String PREFIX = "owner-";
    private static final String SUFFIX = ".lock";
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Disk disk;
    private final Path directory;
    private final String me;
    private final HeldLock life;
    private final Map<String, Long> seenAlive = new HashMap<>();

    private Owners(Disk disk, Path directory, String me, HeldLock life) {
        this.disk = disk;
        this.directory = directory;
        this.me = me;
        this.life = life;
    }

    /** Makes this process one of them; inside the guard, or somebody could find the file before it is locked. */
    static Owners enter(Disk disk, Path directory) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        long pid = ProcessHandle.current().pid();
        String me = pid + "-" + HexFormat.of().formatHex(random); // containers have the same pids
        HERE.add(me);
        boolean entered = false;
        try {
            HeldLock life = disk.tryLock(directory.resolve(PREFIX + me + SUFFIX), "held by process " + pid)
                    .orElseThrow(() -> new AssertionError("nobody knows this id yet: " + me));
            entered = true;
            return new Owners(disk, directory, me, life);
        } finally {
            if (!entered) {
                HERE.remove(me);
            }
        }
    }

    String me() {
        return me;
    }

    /** Whether a process is dead, as of now. What it left is deleted. */
    boolean isDead(String owner) throws IOException {
        if (HERE.contains(owner)) {
            return false;
        }
        Path file = directory.resolve(PREFIX + owner + SUFFIX);
        Optional<HeldLock> lock = disk.tryLock(file, "");
        if (lock.isEmpty()) {
            return false;
        }
        try (HeldLock _ = lock.get()) {
            disk.delete(file);
        }
        return true;
    }

    /** The same for who asks all the time: somebody who was alive a moment ago still is. */
    boolean isKnownDead(String owner, long nowNanos) throws IOException {
        Long alive = seenAlive.get(owner);
        if (alive != null && nowNanos - alive < ASK_AGAIN_NANOS) {
            return false;
        }
        seenAlive.values().removeIf(seen -> nowNanos - seen >= ASK_AGAIN_NANOS);
        if (isDead(owner)) {
            return true;
        }
        seenAlive.put(owner, nowNanos);
        return false;
    }

    /** Deletes what dead processes left; inside the guard. */
    void deleteDead() throws IOException {
        for (String file : disk.list(directory)) {
            if (file.startsWith(PREFIX) && file.endsWith(SUFFIX)) {
                boolean _ = isDead(file.substring(PREFIX.length(), file.length() - SUFFIX.length()));
            }
        }
    }

    /** This process is none of them any more; inside the guard, and after everything that names it is gone. */
    void leave() throws IOException {
        try (life) {
            disk.delete(directory.resolve(PREFIX + me + SUFFIX));
        } finally {
            HERE.remove(me);
        }
    }
}
