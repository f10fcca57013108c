package retail.inventory.web;

import java.util.Map;

/** A request that is answered with a problem, before it reaches the service. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members;

    ProblemException(ProblemType type, String detail, Map<String, Object> members) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.members = members;
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
}
