package retail.inventory.central;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.Disk;

/**
 * The central view's files as the process that owns the log sees them, whichever process writes them. Safe for several
 * threads.
 */
public final class CentralFiles {

    /** The directory of snapshots, in the data directory. */
    static final String SNAPSHOTS = "central";

    /** The directory of dead letters, in the data directory. */
    static final String LETTERS = "dead-letter";

    /** Of snapshots and letters, each of which says it; 2 had no holds, those of 1 do not say it, nor of which log they are. */
    static final int FORMAT = 3;

    private static final int END_BYTES = 100;

    private final CentralSnapshots snapshots;
    private final Disk disk;
    private final Path letters;
    private ByteBuffer lettersSeen = ByteBuffer.allocate(0);
    private LetterNeeds needs = new LetterNeeds(Long.MAX_VALUE, Map.of());

    /** The files in a data directory. */
    CentralFiles(Disk disk, Path data) {
        this.snapshots = new CentralSnapshots(disk, data.resolve(SNAPSHOTS));
        this.disk = disk;
        this.letters = data.resolve(LETTERS);
    }

    /** What a newer version wrote is no damage: nothing may be made of it by one that does not know it. */
    static void requireKnown(int format, Path file) {
        if (format > FORMAT) {
            throw new DataDirectoryException(file + " has format " + format + ", and this version reads formats up to "
                    + FORMAT + ": start the version that wrote it, or a newer one.");
        }
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
    public synchronized long covered() throws IOException {
        long oldest = snapshots.oldest();
        ByteBuffer now = lettersNow();
        if (!now.equals(lettersSeen)) { // this is asked every few seconds: the file is read when there is something new
            CentralDeadLetters found = new CentralDeadLetters(disk, letters);
            byte[] _ = found.load(torn -> {}); // who keeps the letters says so once
            needs = found.needs();
            lettersSeen = now;
        }
        return Math.min(oldest, needs.firstNeeded(oldest) - 1);
    }

    /** What tells one state of the letters from another: their length, and the end, which has a checksum. */
    private ByteBuffer lettersNow() throws IOException {
        try (Disk.ReadableFile file = disk.openForRead(letters.resolve(CentralDeadLetters.NAME))) {
            long length = file.size();
            ByteBuffer state = ByteBuffer.allocate(Long.BYTES + END_BYTES).putLong(length);
            long from = Math.max(0, length - END_BYTES);
            int read = 0;
            while (state.hasRemaining() && read >= 0) {
                read = file.read(state, from + state.position() - Long.BYTES);
            }
            return state.flip();
        } catch (NoSuchFileException absent) {
            return ByteBuffer.allocate(0);
        }
    }
}
