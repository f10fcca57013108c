package retail.inventory.web;

import java.util.Map;
import org.springframework.http.HttpHeaders;

/** A request that is answered with a problem: it breaks a rule, or the service refused it. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final String detail;
    private final transient Map<String, Object> members;
    private final transient HttpHeaders headers;

    public ProblemException(ProblemType type, String detail, Map<String, Object> members) {
        this(type, detail, members, HttpHeaders.EMPTY);
    }

    public ProblemException(ProblemType type, String detail, Map<String, Object> members, HttpHeaders headers) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.members = members;
        this.headers = headers;
    }

    /** A part of the request that breaks a rule. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail, Map.of("field", field));
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    public Map<String, Object> members() {
        return members;
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** Nothing was ever delivered to a store. */
    public static ProblemException unknownStore(String storeId) {
        return new ProblemException(
                ProblemType.UNKNOWN_STORE,
                "There is no store " + storeId + ": a first delivery to one of its SKUs creates it.",
                Map.of());
    }
}
