package retail.inventory.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import retail.inventory.files.Checksum;
import retail.inventory.files.DataDirectoryException;

/** What inventory files and their checkpoint have in common: a checksum at the end, and the number of their format. */
final class FileFormat {

    /** The format that is written; 3 had no holds, 2 did not say of which log, 1 was a file per store, {@link StoreFile}. */
    static final int NUMBER = 4;

    /** The oldest that is read here. */
    private static final int OLDEST = 2;

    private FileFormat() {}

    /** Puts the checksum in place of the closing brace. */
    static ByteBuffer seal(byte[] object) {
        int open = object.length - 1;
        byte[] sealed = Arrays.copyOf(object, open + Checksum.BYTES + 1);
        int end = Checksum.append(sealed, 0, open);
        sealed[end] = '\n';
        return ByteBuffer.wrap(sealed);
    }

    static void requireWhole(byte[] content) throws DamagedFileException {
        int length = content.length;
        if (length == 0 || content[length - 1] != '\n') {
            throw new DamagedFileException("it does not end with a line end");
        }
        String damage = Checksum.damage(content, 0, length - 1);
        if (damage != null) {
            throw new DamagedFileException(damage);
        }
    }

    /** A whole file of a newer version is no damage, and nothing may be made of it by one that does not know it. */
    static void requireKnown(int format, Path file) throws DamagedFileException {
        if (format > NUMBER) {
            throw new DataDirectoryException(file + " has format " + format + ", and this version reads formats up to "
                    + NUMBER + ": start the version that wrote it, or a newer one.");
        }
        if (format < OLDEST) {
            throw new DamagedFileException("its checksum is right but it is no inventory file: it has no format");
        }
    }
}
