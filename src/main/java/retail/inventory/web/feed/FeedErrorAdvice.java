package retail.inventory.web.feed;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import retail.inventory.feed.FeedUnavailableException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;

/** The log cannot be followed now: a problem that says so. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class FeedErrorAdvice {

    @ExceptionHandler
    ResponseEntity<Object> unavailable(FeedUnavailableException e, HttpServletRequest request) {
        return Problems.unavailable(typeOf(e.reason()), e, request);
    }

    static ProblemType typeOf(FeedUnavailableException.Reason reason) {
        return switch (reason) {
            case STARTING -> ProblemType.STARTING;
            case STORAGE_FAILED -> ProblemType.UNREADABLE;
        };
    }
}
