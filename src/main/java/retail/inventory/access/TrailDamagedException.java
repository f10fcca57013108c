package retail.inventory.access;

import java.io.IOException;

/** A line of the trail was changed, moved or taken away; the message says which. */
public final class TrailDamagedException extends IOException {

    private static final long serialVersionUID = 1;

    TrailDamagedException(String message) {
        super(message);
    }
}
