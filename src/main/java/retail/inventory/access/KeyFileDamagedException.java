package retail.inventory.access;

import java.io.IOException;

/** A file of keys that says less than it did, or nothing that can be believed. */
public final class KeyFileDamagedException extends IOException {

    private static final long serialVersionUID = 1;

    KeyFileDamagedException(String message) {
        super(message);
    }
}
