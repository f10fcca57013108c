package retail.inventory.journal;

import java.util.PriorityQueue;

/**
 * How long before the end of the log something in it was written, as far as the log itself can tell. It is asked going
 * back, from the latest event on. Not thread-safe.
 *
 * <p>The times in a log are those of a wall clock, which may be set forward and back, and be wrong for days. Their order in
 * the log is certain. So:
 *
 * <ul>
 *   <li>The end of the log is the latest event, not now: that the clock of this start shows a later time says that time has
 *       passed, or that the clock is wrong.
 *   <li>An event was not written after those behind it. Its time counts as that of the earliest of them, when that is
 *       earlier: one stamped ahead is as old as its neighbours, neither younger than all nor for ever young, and it makes
 *       none of them look older.
 *   <li>Between two events that stand in order the clock may have been set forward, and then less time has passed than
 *       their times say. The largest of these steps, as many as the caller allows for, do not count at all. So that many
 *       leaps make nothing look older than it is. In a log without a leap it is the longest pauses that do not count, by
 *       which things seem younger than they are.
 * </ul>
 *
 * <p>An age is therefore at most the true one when no more leaps forward than that stand behind an event, never below 0, and
 * never less than that of a later event.
 */
public final class LogAge {

    private final int leapsMax;
    private final PriorityQueue<Long> largestSteps = new PriorityQueue<>();
    private long earliestMs;
    private long sumMs;
    private long largestSumMs;

    /**
     * Ages before a latest event.
     *
     * @param latestMs its time, in milliseconds since 1970
     * @param leapsMax how many steps may have been leaps of the clock
     */
    public LogAge(long latestMs, int leapsMax) {
        this.earliestMs = latestMs;
        this.leapsMax = leapsMax;
    }

    /**
     * How long before the latest event one was written, in milliseconds.
     *
     * @param atMs the time of the next event going back; some in between may be left out
     */
    public long before(long atMs) {
        if (atMs < earliestMs) {
            long step = earliestMs - atMs;
            earliestMs = atMs;
            sumMs += step;
            largestSteps.add(step);
            largestSumMs += step;
            if (largestSteps.size() > leapsMax) {
                largestSumMs -= largestSteps.remove();
            }
        }
        return sumMs - largestSumMs;
    }
}
