package retail.inventory.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.FeedUnavailableException;

/**
 * Tells clients whose position means nothing here: one of another history, which a restored backup begins, or one past the
 * end. Without that they would wait for events that never come, and miss those that do.
 */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'api'")
public class LogPositions {

    private static final String WAY_OUT =
            ": read the central inventory, which has everything, then follow from its sequence.";

    private final EventHistory history;

    LogPositions(EventHistory history) {
        this.history = history;
    }

    /**
     * Goes on when a position is one of this log.
     *
     * @throws ProblemException when it is not
     * @throws FeedUnavailableException when that cannot be told now
     */
    public void requireHere(LogPosition position) {
        if (position.log() != null) {
            String logId = history.logId();
            if (logId == null) {
                throw new FeedUnavailableException(
                        FeedUnavailableException.Reason.STARTING, "the log's identity is not known yet");
            }
            if (!position.isIn(logId)) {
                throw gone(
                        "another-log",
                        "Position " + position.sequence() + "." + position.log() + " is one of another log (this one"
                                + " was put back from a copy, or never was the same)");
            }
        }
        if (!history.reaches(position.sequence())) {
            throw gone(
                    "past-the-end",
                    "Sequence " + position.sequence() + " is past the end of this log, which ends at "
                            + history.durableSequence()
                            + " (it was put back from a copy, or the position is one of another log)");
        }
    }

    /** What a follower is told whose next event was compacted away. */
    public ProblemException compacted(long after) {
        return gone("compacted", "Events after " + after + " are no longer kept");
    }

    private ProblemException gone(String why, String what) {
        return new ProblemException(ProblemType.EVENTS_GONE, what + WAY_OUT, members(why));
    }

    private Map<String, Object> members(String why) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("why", why);
        members.put("oldest", history.oldest());
        String logId = history.logId();
        if (logId != null) {
            members.put("logId", logId);
        }
        return members;
    }
}
