package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import retail.inventory.service.LimitReachedException;
import retail.inventory.service.OutcomeUnknownException;
import retail.inventory.service.ServiceUnavailableException;
import retail.inventory.service.TooManyKeysException;
import retail.inventory.web.LockedAnswer;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;
import retail.inventory.web.RequestLog;

/** What the write path cannot do now becomes a problem. Asked first: what is left is a defect to the last one. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class StockErrorAdvice {

    private final LockedAnswer locked;

    StockErrorAdvice(LockedAnswer locked) {
        this.locked = locked;
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(ServiceUnavailableException e, HttpServletRequest request) {
        ProblemType type = switch (e.reason()) {
            case STARTING -> ProblemType.STARTING;
            case READ_ONLY -> ProblemType.READ_ONLY;
            case OVERLOADED -> ProblemType.OVERLOADED;
            case LOCKED -> ProblemType.LOCKED;
        };
        RequestLog.because(request, e.getMessage());
        String detail = "Nothing was changed: " + e.getMessage() + ". Try again later.";
        return type == ProblemType.LOCKED ? locked.response(detail) : Problems.response(type, detail, Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> limitReached(LimitReachedException e, HttpServletRequest request) {
        RequestLog.because(request, e.getMessage());
        return Problems.response(
                ProblemType.LIMIT_REACHED,
                "Nothing was changed: " + e.getMessage() + ". What it has can be changed as before.",
                Map.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> tooManyKeys(TooManyKeysException e, HttpServletRequest request) {
        RequestLog.because(request, e.getMessage());
        ResponseEntity<Object> problem = Problems.response(
                ProblemType.TOO_MANY_KEYS,
                "Nothing was changed: " + e.getMessage() + ". The oldest ends in " + e.retryAfterSeconds()
                        + " s; give keys to what may have to be repeated only.",
                Map.of());
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()))
                .body(problem.getBody());
    }

    @ExceptionHandler
    ResponseEntity<Object> outcomeUnknown(OutcomeUnknownException e, HttpServletRequest request) {
        RequestLog.because(request, e.getMessage());
        return Problems.response(
                ProblemType.OUTCOME_UNKNOWN,
                "Whether a change was recorded is not known (" + e.getMessage() + "): send the same request with the"
                        + " same Idempotency-Key again, or read the SKU first.",
                Map.of());
    }
}
