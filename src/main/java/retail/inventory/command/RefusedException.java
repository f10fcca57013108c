package retail.inventory.command;

import java.io.IOException;

/** A command does not do what it was told, for the reason in the message. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    RefusedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** With which the process ends. */
    int exitCode() {
        return exitCode;
    }
}
