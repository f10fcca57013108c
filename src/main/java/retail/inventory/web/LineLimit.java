package retail.inventory.web;

/**
 * So many lines of one kind a second, for a flood of requests must not become one of the log; who is left out is counted.
 * Safe for use by several threads.
 */
final class LineLimit {

    /** Enough to follow single requests; so few that writing them costs nothing. */
    static final int PER_SECOND = 10;

    private static final long SECOND_NANOS = 1_000_000_000;

    private long since;
    private int written = PER_SECOND;
    private long leftOut;

    LineLimit(long nowNanos) {
        this.since = nowNanos - SECOND_NANOS;
    }

    /** What becomes of a line. */
    enum Verdict {
        /** It is written. */
        WRITTEN,
        /** It is left out, as the first one since {@link #takeLeftOut}: somebody has to say so later. */
        FIRST_LEFT_OUT,
        /** It is left out and counted. */
        LEFT_OUT
    }

    synchronized Verdict ask(long nowNanos) {
        if (nowNanos - since >= SECOND_NANOS) {
            since = nowNanos;
            written = 0;
        }
        if (written < PER_SECOND) {
            written++;
            return Verdict.WRITTEN;
        }
        leftOut++;
        return leftOut == 1 ? Verdict.FIRST_LEFT_OUT : Verdict.LEFT_OUT;
    }

    /** How many were left out since the last time this was asked. */
    synchronized long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
