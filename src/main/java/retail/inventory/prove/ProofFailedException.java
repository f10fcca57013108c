package retail.inventory.prove;

/** What was promised does not hold, or cannot be seen to hold. */
final class ProofFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProofFailedException(String message) {
        super(message);
    }
}
