package retail.inventory.journal;

import java.io.IOException;

/** The place for what cannot be used but must not be lost. */
public interface DeadLetters {

    /**
     * Keeps bytes that could not be read or applied; they are durable when this returns.
     *
     * @param reason why, for a person
     * @param place where they were found (file, line, byte offset)
     * @param bytes exactly as found
     */
    void keep(String reason, String place, byte[] bytes) throws IOException;
}
