package retail.inventory.lease;

/** What the keeper found out about a lease, or did to it. */
sealed interface Outcome {

    /** Nothing to tell: it is as it was. */
    record Unchanged() implements Outcome {}

    /** This process has it now. */
    record Held(Grant grant) implements Outcome {}

    /** Another process has it, and this one is in the list. */
    record Waits(String holder) implements Outcome {}

    /** This process has it, others wait, and it has had its turn. */
    record TurnOver() implements Outcome {}

    /** This process had it, and another one has taken it. */
    record Lost() implements Outcome {}

    /** The file does not name this process. */
    record Gone() implements Outcome {}

    /** The disk failed; what the file says is not known. */
    record Failed(String reason) implements Outcome {}
}
