package retail.inventory.web.central;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.central.Central;
import retail.inventory.central.CentralDeadLetters;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.web.EventResponse;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;
import retail.inventory.web.QueryParameters;
import retail.inventory.web.RequestValues;
import retail.inventory.web.TrailedActs;

/** Events the central view could not apply: looking at them, and applying them again after a fix. */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'api'")
@RequestMapping(
        path = {"/dead-letters", "/api/dead-letters"},
        produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLettersController {

    private final Central central;
    private final CentralDeadLetters letters;
    private final TrailedActs acts;

    DeadLettersController(Central central, CentralDeadLetters letters, TrailedActs acts) {
        this.central = central;
        this.letters = letters;
        this.acts = acts;
    }

    /** Letters in order of sequence, and how many there are in all. */
    record LetterPage(List<LetterResponse> letters, int total) {}

    /** A letter, with what was understood of its event, and the event as the log has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LetterResponse(
            long id,
            String at,
            String reason,
            EventResponse event,
            @Nullable String place,
            @Nullable String text) {

        private static LetterResponse of(Letter letter) {
            return new LetterResponse(
                    letter.id(),
                    letter.at(),
                    letter.reason(),
                    EventResponse.of(letter.event()),
                    letter.place(),
                    letter.text());
        }
    }

    /** A letter that is gone, because its event is applied. */
    record Resolved(long id, boolean resolved) {}

    @GetMapping
    @QueryParameters({"limit", "after"})
    LetterPage page(HttpServletRequest request) {
        central.requireStarted();
        Long after = RequestValues.sequence(request, "after");
        return new LetterPage(
                letters.page(after == null ? 0 : after, RequestValues.limit(request)).stream()
                        .map(LetterResponse::of)
                        .toList(),
                letters.size());
    }

    @PostMapping("/{id}/replay")
    ResponseEntity<Object> replay(@PathVariable String id, HttpServletRequest request) {
        central.requireStarted();
        Letter letter = letters.find(RequestValues.sequence("id", id));
        if (letter == null) {
            return Problems.response(ProblemType.UNKNOWN_DEAD_LETTER, "There is no dead letter " + id + ".", Map.of());
        }
        acts.before("replay", Map.of("letter", Long.toString(letter.id())), request);
        String trouble = central.replay(letter);
        return trouble == null
                ? ResponseEntity.ok(new Resolved(letter.id(), true))
                : Problems.response(ProblemType.STILL_DEAD, "It still cannot be applied: " + trouble + ".", Map.of());
    }
}
