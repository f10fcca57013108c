package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;
import retail.inventory.service.HoldNow;
import retail.inventory.service.Stock;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Line;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.RequestIdentity;

/**
 * Whose holds are whose: a hold is for those who may do the same in all stores that it has lines of. To anybody else it is not
 * there, so that nobody learns by its id what other stores set aside.
 */
final class HoldAccess {

    private HoldAccess() {}

    /** Whether an operation is granted in all stores of a hold. */
    static boolean may(Operation operation, Hold hold, HttpServletRequest request) {
        Identity identity = RequestIdentity.of(request);
        return identity.grants().mayEverywhere(operation)
                || hold.lines().stream()
                        .allMatch(line -> identity.may(operation, line.key().storeId()));
    }

    /** Refuses lines in stores that are not the identity's, and a hold of the same id that is not. */
    static void requirePlacing(List<Line> lines, String holdId, Stock stock, HttpServletRequest request) {
        for (Line line : lines) {
            RequestIdentity.require(request, Operation.RESERVE, line.key().storeId());
        }
        if (isOfOthers(holdId, stock, request)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Nothing was changed: this id is in use for a hold that this identity may not change. Choose another"
                            + " id.",
                    Map.of());
        }
    }

    /** Refuses a hold that is not the identity's, as one that is not there. */
    static void requireChanging(String holdId, Stock stock, HttpServletRequest request) {
        if (isOfOthers(holdId, stock, request)) {
            throw HoldProblems.unknown(holdId);
        }
    }

    /** Nothing is looked up for whoever may change all holds. */
    private static boolean isOfOthers(String holdId, Stock stock, HttpServletRequest request) {
        if (RequestIdentity.of(request).grants().mayEverywhere(Operation.RESERVE)) {
            return false;
        }
        HoldNow there = stock.hold(holdId);
        return there != null && !may(Operation.RESERVE, there.hold(), request);
    }
}
