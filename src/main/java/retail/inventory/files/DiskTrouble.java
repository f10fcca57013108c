package retail.inventory.files;

import java.util.Locale;

/** Says in words what a failure of the disk means, where the operating system's own word for it misleads. */
public final class DiskTrouble {

    private static final String NO_SPACE = "no space left on device";
    private static final String QUOTA = "quota exceeded";

    /** A file system has room for so many bytes and for so many files, and runs out of either with the same word. */
    private static final String NO_ROOM = " (no block or no inode is free: see df -h and df -i)";

    private DiskTrouble() {}

    /** The failure, and what to look at when there is no room. */
    public static String describe(Throwable failure) {
        return failure + (isNoRoom(failure) ? NO_ROOM : "");
    }

    /** Whether there was no room, be it for bytes or for files. */
    public static boolean isNoRoom(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains(NO_SPACE) || message.contains(QUOTA);
    }
}
