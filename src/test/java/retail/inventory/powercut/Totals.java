package retail.inventory.powercut;

/** The figures of many failures. */
final class Totals {

    private int failures;
    private int starting;
    private int slow;
    private long acknowledged;
    private long reads;
    private long underWay;
    private long gone;

    void add(Plan plan, long newAcks, long newReads, long unanswered) {
        failures++;
        starting += plan.starting() ? 1 : 0;
        slow += plan.slow() ? 1 : 0;
        acknowledged += newAcks;
        reads += newReads;
        underWay += unanswered;
    }

    /** Orders that had no answer and are not in the log: what a failure may take. */
    void addGone(int orders) {
        gone += orders;
    }

    int failures() {
        return failures;
    }

    @Override
    public String toString() {
        return "%,d during a start, %,d with slow syncs; %,d acknowledged, %,d reads, %,d writes without an answer, %,d of those with a key gone"
                .formatted(starting, slow, acknowledged, reads, underWay, gone);
    }
}
