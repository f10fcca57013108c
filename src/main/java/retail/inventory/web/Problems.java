package retail.inventory.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Makes problem responses (RFC 9457); Spring adds {@code instance}, the path of the request. */
final class Problems {

    /** How soon trying again can help, in seconds. */
    static final String RETRY_AFTER_SECONDS = "1";

    /** What a client is told whose request comes while the service stops. */
    static final String STOPPING =
            "Nothing was changed: the service is stopping. Try again when it, or another one, is ready.";

    private static final JsonMapper JSON = new JsonMapper();

    private Problems() {}

    /** A problem as bytes, for those who answer before Spring sees the request. */
    static byte[] json(ProblemType type, int status, String detail, String instance, String requestId) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", type.uri().toString());
        problem.put("title", type.title());
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("instance", instance);
        problem.put("requestId", requestId);
        return JSON.writeValueAsBytes(problem);
    }

    static ResponseEntity<Object> response(ProblemType type, String detail, Map<String, ?> members) {
        return response(type, detail, members, HttpHeaders.EMPTY);
    }

    static ResponseEntity<Object> response(
            ProblemType type, String detail, Map<String, ?> members, HttpHeaders headers) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(type.status()).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type.status().value() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.body(problem(type, detail, members));
    }

    static ProblemDetail problem(ProblemType type, String detail, Map<String, ?> members) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        problem.setProperty("requestId", MDC.get(RequestIdFilter.MDC_KEY));
        members.forEach(problem::setProperty);
        return problem;
    }
}
