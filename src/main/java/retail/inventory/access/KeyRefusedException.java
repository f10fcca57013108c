package retail.inventory.access;

import java.io.IOException;

/** A key is not made or changed, for the reason in the message, which says what to do. */
public final class KeyRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    KeyRefusedException(String message) {
        super(message);
    }
}
