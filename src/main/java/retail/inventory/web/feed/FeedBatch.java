package retail.inventory.web.feed;

/** Some events as bytes of a stream. */
final class FeedBatch {

    private final long after;
    private final byte[] text;
    private final long shown;
    private final long next;

    /**
     * Some events.
     *
     * @param text which nobody changes any more
     */
    FeedBatch(long after, byte[] text, long shown, long next) {
        this.after = after;
        this.text = text;
        this.shown = shown;
        this.next = next;
    }

    /** The sequence that they come after. */
    long after() {
        return after;
    }

    /** Their bytes, which all share and nobody changes; none when none of them is shown. */
    byte[] text() {
        return text;
    }

    /** The last of them that is shown; the sequence that they come after when none is. */
    long shown() {
        return shown;
    }

    /** What to go on after; the sequence that was asked for when there is nothing yet. */
    long next() {
        return next;
    }
}
