package retail.inventory.lab;

import java.io.IOException;

/**
 * A connection that was kept from an earlier request ended without a byte of an answer. A server may close what is idle at any
 * moment (RFC 9112, section 9.5), also the moment in which a request is sent, so nobody knows whether it was done.
 */
public final class IdleConnectionEndedException extends IOException {

    private static final long serialVersionUID = 1;

    IdleConnectionEndedException(IOException cause) {
        super("a kept connection ended before an answer began", cause);
    }
}
