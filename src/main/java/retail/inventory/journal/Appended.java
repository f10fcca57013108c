package retail.inventory.journal;

/** What became of an event that was handed to the log. */
public sealed interface Appended {

    /** It is in the log for good, at this sequence. */
    record Durable(long sequence) implements Appended {}

    /** The log failed. The event will never be read from it by this process; what it led to is undone. */
    record Unavailable(String reason) implements Appended {}
}
