package retail.inventory.checkpoint;

/** A file that is not what was written. */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedFileException(String reason) {
        super(reason);
    }
}
