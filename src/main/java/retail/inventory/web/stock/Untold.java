package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.RequestIdentity;

/** What a refusal tells of the stock of a store: nothing, to whoever may change it and not read it. */
final class Untold {

    private static final Set<String> OF_STOCK = Set.of("available", "currentQty", "currentVersion");

    private Untold() {}

    /** A refusal that is about the stock of one store. */
    static ProblemException of(ProblemException told, String storeId, HttpServletRequest request) {
        return OF_STOCK.stream().noneMatch(told.members()::containsKey)
                        || RequestIdentity.of(request).may(Operation.READ, storeId)
                ? told
                : new ProblemException(told.type(), sentence(told.type()), Map.of());
    }

    private static String sentence(ProblemType type) {
        return type == ProblemType.INSUFFICIENT_STOCK
                ? "Fewer are available than are requested."
                : "What is there is not as this request needs it; how it is needs a grant of read for the store.";
    }

    /** A refusal about a hold, some members of which are about its lines. */
    static ProblemException ofLines(ProblemException told, HttpServletRequest request) {
        Identity identity = RequestIdentity.of(request);
        if (identity.grants().mayEverywhere(Operation.READ)) {
            return told;
        }
        Map<String, Object> members = new LinkedHashMap<>(told.members());
        members.replaceAll((name, value) -> value instanceof List<?> lines
                ? lines.stream().map(line -> line(line, identity)).toList()
                : value);
        return new ProblemException(told.type(), told.detail(), members, told.headers());
    }

    private static Object line(Object line, Identity identity) {
        if (!(line instanceof Map<?, ?> told) || identity.may(Operation.READ, String.valueOf(told.get("storeId")))) {
            return line;
        }
        Map<Object, Object> less = new LinkedHashMap<>(told);
        less.keySet().removeAll(OF_STOCK);
        return less;
    }
}
