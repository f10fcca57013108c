package retail.inventory.web;

import java.util.Map;
import org.springframework.http.HttpHeaders;

/** A request that is answered with a problem: it breaks a rule, or the service refused it. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members;
    private final transient HttpHeaders headers;

    ProblemException(ProblemType type, String detail, Map<String, Object> members) {
        this(type, detail, members, HttpHeaders.EMPTY);
    }

    ProblemException(ProblemType type, String detail, Map<String, Object> members, HttpHeaders headers) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.members = members;
        this.headers = headers;
    }

    /** A part of the request that breaks a rule. */
    static ProblemException invalid(String field, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail, Map.of("field", field));
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return detail;
    }

    Map<String, Object> members() {
        return members;
    }

    HttpHeaders headers() {
        return headers;
    }
}
