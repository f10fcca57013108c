package retail.inventory.web;

/**
 * So many lines of one kind a second, for a flood of requests must not become one of the log; who is left out is counted.
 * Safe for use by several threads.
 */
public final class LineLimit {

    private static final long SECOND_NANOS = 1_000_000_000;

    private final int perSecond;
    private long since;
    private int written;
    private long leftOut;

    /** So many lines a second, from now on. */
    public LineLimit(long nowNanos, int perSecond) {
        this.since = nowNanos - SECOND_NANOS;
        this.perSecond = perSecond;
        this.written = perSecond;
    }

    /** What becomes of a line. */
    public enum Verdict {
        /** It is written. */
        WRITTEN,
        /** It is left out, as the first one since {@link #takeLeftOut}: somebody has to say so later. */
        FIRST_LEFT_OUT,
        /** It is left out and counted. */
        LEFT_OUT
    }

    /** What becomes of a line that somebody would write now. */
    public synchronized Verdict ask(long nowNanos) {
        if (nowNanos - since >= SECOND_NANOS) {
            since = nowNanos;
            written = 0;
        }
        if (written < perSecond) {
            written++;
            return Verdict.WRITTEN;
        }
        leftOut++;
        return leftOut == 1 ? Verdict.FIRST_LEFT_OUT : Verdict.LEFT_OUT;
    }

    /** How many were left out since the last time this was asked. */
    public synchronized long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
