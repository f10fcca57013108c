package retail.inventory.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import retail.inventory.disk.Disk;

/**
 * The central view's files as the process that owns the log sees them, whichever process writes them. Safe for several
 * threads.
 */
public final class CentralFiles {

    /** The directory of snapshots, in the data directory. */
    static final String SNAPSHOTS = "central";

    /** The directory of dead letters, in the data directory. */
    static final String LETTERS = "dead-letter";

    private final CentralSnapshots snapshots;
    private final Disk disk;
    private final Path letters;

    /** The files in a data directory. */
    CentralFiles(Disk disk, Path data) {
        this.snapshots = new CentralSnapshots(disk, data.resolve(SNAPSHOTS));
        this.disk = disk;
        this.letters = data.resolve(LETTERS);
    }

    /**
     * Puts snapshots aside that know more than the log: they were taken from another one.
     *
     * @param durable tells how long the log is by then, whoever writes it; asked after the snapshots were looked for, as
     *     one that another process takes meanwhile may rightly go further
     */
    public void putAsideBeyond(LongSupplier durable) throws IOException {
        snapshots.putAsideBeyond(durable);
    }

    /**
     * The sequence up to which the view can do without the log, whichever of its snapshots it has to begin with: the
     * oldest kept one has it, and no dead letter needs it.
     */
    public long covered() throws IOException {
        long oldest = snapshots.oldest();
        CentralDeadLetters found = new CentralDeadLetters(disk, letters);
        byte[] _ = found.load(torn -> {}); // who keeps the letters says so once; this is asked every few seconds
        return Math.min(oldest, found.firstNeeded(oldest) - 1);
    }
}
