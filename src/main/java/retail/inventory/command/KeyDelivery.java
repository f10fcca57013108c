package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import retail.inventory.access.KeyIssuer;
import retail.inventory.access.KeyRecord;
import retail.inventory.files.RealDisk;

/** Hands over the text of a new key, once: to a file for its owner alone, or to standard output, where nothing else goes. */
final class KeyDelivery implements KeyIssuer.Recipient {

    private final @Nullable Path file;
    private @Nullable String text;

    /**
     * A delivery.
     *
     * @param file null for standard output
     * @param over whether a file that is there is replaced
     */
    KeyDelivery(@Nullable Path file, boolean over) throws IOException {
        this.file = file;
        if (file != null && !over && Files.exists(file)) {
            throw new RefusedException(1, file + " is there already: delete it, or name another file.");
        }
    }

    /** The file is written before the key works, and standard output after it does: what is printed is a key. */
    @Override
    public void take(KeyRecord key, String newText) throws IOException {
        text = newText;
        if (file != null) {
            new RealDisk().replace(file, ByteBuffer.wrap((newText + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** The key works. */
    void done(PrintWriter out, PrintWriter err, String sentence) {
        err.println(sentence + (file == null ? " This is the only time that it is shown:" : " It is in " + file + "."));
        err.flush();
        if (file == null) {
            out.println(text);
        }
    }
}
