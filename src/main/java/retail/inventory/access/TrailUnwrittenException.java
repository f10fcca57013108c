package retail.inventory.access;

import java.io.IOException;
import java.nio.file.Path;

/** The trail cannot be written, so what it should have told of is not done; the message says what to do. */
public final class TrailUnwrittenException extends IOException {

    private static final long serialVersionUID = 1;

    TrailUnwrittenException(Path directory, String act, IOException cause) {
        super(
                "The trail of acts in " + directory + " cannot be written (" + cause + "), and \"" + act
                        + "\" is not done without it: make room, or give this user write access.",
                cause);
    }
}
