package retail.inventory.several;

/** What came of stopping a process at one point. */
final class StopTally {

    private int truths;
    private int honestErrors;
    private int takeovers;
    private long takeoverMaxMs;
    private int heldUp;
    private int reads;
    private int kills;
    private long afterKillMaxMs;

    void answered(boolean truth) {
        if (truth) {
            truths++;
        } else {
            honestErrors++;
        }
    }

    void tookOver(long ms) {
        takeovers++;
        takeoverMaxMs = Math.max(takeoverMaxMs, ms);
    }

    void heldUp() {
        heldUp++;
    }

    void read() {
        reads++;
    }

    void killed(long ms) {
        kills++;
        afterKillMaxMs = Math.max(afterKillMaxMs, ms);
    }

    @Override
    public String toString() {
        String stopped = "who was stopped then told the truth %d times, an honest error %d times; "
                .formatted(truths, honestErrors);
        return takeovers > 0
                ? stopped + "another took over %d times, after %d ms at most".formatted(takeovers, takeoverMaxMs)
                : stopped
                        + "meanwhile %d changes of others were answered that nobody can tell, %d reads answered; "
                                .formatted(heldUp, reads)
                        + "%d more were killed instead, others wrote again after %d ms at most"
                                .formatted(kills, afterKillMaxMs);
    }
}
