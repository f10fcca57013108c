package retail.inventory.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file of keys was found to say, all or nothing: a damaged line may have revoked a key. Bytes behind the last line end
 * are a line that is being written, or that a crash tore; nobody was told that it was written.
 *
 * @param records what its lines come to
 * @param end where its last whole line ends
 * @param torn how many bytes there are behind it
 */
record KeyFileContent(KeyRecords records, int end, int torn) {

    static KeyFileContent read(Path file, byte[] bytes) throws KeyFileDamagedException {
        List<KeyLine> lines = new ArrayList<>();
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            number++;
            if (i > start) {
                lines.add(line(file, bytes, start, i, number));
            }
            start = i + 1;
        }
        try {
            return new KeyFileContent(KeyRecords.of(lines), start, bytes.length - start);
        } catch (IllegalArgumentException e) {
            throw new KeyFileDamagedException(file + " contradicts itself: " + e.getMessage());
        }
    }

    private static KeyLine line(Path file, byte[] bytes, int start, int end, int number)
            throws KeyFileDamagedException {
        try {
            return KeyLineCodec.decode(bytes, start, end - start);
        } catch (IllegalArgumentException e) {
            throw new KeyFileDamagedException("Line " + number + " of " + file + " is damaged: " + e.getMessage());
        }
    }
}
