package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;

/** Who sends a request, as {@link AccessFilter} found out, and what that one may not do. */
public final class RequestIdentity {

    private static final String ATTRIBUTE = RequestIdentity.class.getName();
    private static final String REFUSED = ATTRIBUTE + ".refused";
    private static final String REALM = "Bearer realm=\"inventory\"";

    /**
     * What somebody known may not do.
     *
     * @param storeId null where it is not of one store
     */
    record Refused(Operation operation, @Nullable String storeId) {}

    private RequestIdentity() {}

    static void set(HttpServletRequest request, Identity identity) {
        request.setAttribute(ATTRIBUTE, identity);
    }

    /** Who sends it; null when nobody was shown and the route is for everybody. */
    public static @Nullable Identity find(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Identity known ? known : null;
    }

    /** Who sends it, of a request that nobody unknown gets so far with. */
    public static Identity of(HttpServletRequest request) {
        Identity known = find(request);
        if (known == null) {
            throw new AssertionError("nobody was asked who sends this request");
        }
        return known;
    }

    /** The identity that was verified; null when nobody was asked, or there is none. */
    static @Nullable Identity verified(HttpServletRequest request) {
        Identity known = find(request);
        return known == null || known.kind() == Identity.Kind.UNASKED ? null : known;
    }

    /** A name that an identity chose, as nobody else can choose it; as it is where nobody is asked, for that has always been so. */
    static String scoped(String chosen, HttpServletRequest request) {
        Identity verified = verified(request);
        return verified == null ? chosen : verified.id() + " " + chosen;
    }

    /** Refuses what is not granted for a store, be there such a store or not. */
    public static void require(HttpServletRequest request, Operation operation, String storeId) {
        if (!of(request).may(operation, storeId)) {
            refused(request, operation, storeId);
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.WWW_AUTHENTICATE, insufficient(operation));
            headers.setCacheControl("no-store");
            throw new ProblemException(ProblemType.FORBIDDEN, detail(operation, storeId), Map.of(), headers);
        }
    }

    /** Leaves word for {@link AccessFilter} that something was refused behind it, for who sends the request. */
    public static void refused(HttpServletRequest request, Operation operation, @Nullable String storeId) {
        request.setAttribute(REFUSED, new Refused(operation, storeId));
    }

    /** What was refused so; null when nothing was. */
    static @Nullable Refused findRefused(HttpServletRequest request) {
        return request.getAttribute(REFUSED) instanceof Refused refused ? refused : null;
    }

    /**
     * Says of an answer that may be kept that it is only for whoever asked; where nobody is asked, it is for all.
     *
     * <p>After whatever else sets such headers.
     */
    public static void keepApart(HttpServletRequest request, HttpServletResponse response) {
        if (verified(request) != null) {
            response.setHeader(AnswerHeaders.CACHE_CONTROL, AnswerHeaders.REVALIDATE_PRIVATELY);
            response.addHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION + ", " + Credentials.API_KEY);
        }
    }

    static String detail(Operation operation, String storeId) {
        return "This identity may not " + operation.word() + " in store " + Problems.shown(storeId)
                + ": it needs a grant of " + operation.word() + " for it.";
    }

    /** What a client is told that shows nobody. */
    static String challenge(boolean sentSomething) {
        return sentSomething ? REALM + ", error=\"invalid_token\"" : REALM;
    }

    /** What a client is told that needs a grant. */
    static String insufficient(Operation operation) {
        return REALM + ", error=\"insufficient_scope\", scope=\"" + operation.word() + "\"";
    }
}
