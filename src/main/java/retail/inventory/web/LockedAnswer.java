package retail.inventory.web;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * What is said to a change whose SKU another process had for too long.
 *
 * @param status as configured
 * @param retryAfterSeconds when to try again, whole seconds
 */
public record LockedAnswer(int status, long retryAfterSeconds) {

    public ResponseEntity<Object> response(String detail) {
        ProblemDetail problem = Problems.problem(ProblemType.LOCKED, detail, Map.of());
        problem.setStatus(status);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds))
                .body(problem);
    }
}
