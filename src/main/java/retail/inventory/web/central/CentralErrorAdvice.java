package retail.inventory.web.central;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import retail.inventory.central.CentralUnavailableException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;

/** The central view, or the log behind it, cannot be used now: a problem that says so. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CentralErrorAdvice {

    @ExceptionHandler
    ResponseEntity<Object> unavailable(CentralUnavailableException e, HttpServletRequest request) {
        return Problems.unavailable(typeOf(e.reason()), e, request);
    }

    private static ProblemType typeOf(CentralUnavailableException.Reason reason) {
        return switch (reason) {
            case STARTING -> ProblemType.STARTING;
            case STORAGE_FAILED -> ProblemType.UNREADABLE;
        };
    }
}
