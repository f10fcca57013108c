package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.service.Answer;

/** What callers were told of requests that were accepted: always the same, and in the log. */
final class ToldAnswers {

    private final KnownLog log;
    private final Map<Long, Answer.Accepted> answers = new HashMap<>();
    private final List<Answer.Accepted> newAnswers = new ArrayList<>();

    ToldAnswers(KnownLog log) {
        this.log = log;
    }

    boolean has(Request request) {
        return answers.containsKey(request.delta());
    }

    void told(Request request, Answer.Accepted answer) {
        Answer.Accepted before = answers.putIfAbsent(request.delta(), answer);
        if (before == null) {
            newAnswers.add(answer);
        } else {
            require(isSame(before, answer), () -> "another answer to " + request + ": " + answer + ", " + before);
        }
    }

    /** Holds new ones against the log, which has been read. */
    void requireDurable() {
        newAnswers.forEach(answer -> requireDurable(answer, log.at(answer.sequence())));
        newAnswers.clear();
    }

    private static void requireDurable(Answer.Accepted answer, @Nullable Event event) {
        require(
                event != null
                        && event.eventId().equals(answer.eventId())
                        && event.at().equals(answer.at())
                        && event.movements().equals(answer.movements())
                        && Objects.equals(event.hold(), answer.hold()),
                () -> "acknowledged and lost: " + answer + "; there is " + event);
    }

    private static boolean isSame(Answer.Accepted one, Answer.Accepted other) {
        return one.eventId().equals(other.eventId())
                && one.sequence() == other.sequence()
                && one.at().equals(other.at())
                && one.movements().equals(other.movements())
                && Objects.equals(one.hold(), other.hold());
    }
}
