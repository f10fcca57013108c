package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;
import retail.inventory.service.HoldWish;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.Line;
import retail.inventory.web.RequestIdentity;

/**
 * Whose holds are whose: a hold is for those who may do the same in all stores that it has lines of. To anybody else it is not
 * there, so that nobody learns by its id what other stores set aside.
 */
final class HoldAccess {

    private HoldAccess() {}

    /** Whether an operation is granted in all stores of a hold. */
    static boolean may(Operation operation, Hold hold, HttpServletRequest request) {
        return may(RequestIdentity.of(request), operation, hold);
    }

    private static boolean may(Identity identity, Operation operation, Hold hold) {
        return identity.grants().mayEverywhere(operation)
                || hold.lines().stream()
                        .allMatch(line -> identity.may(operation, line.key().storeId()));
    }

    /** Refuses lines in stores that are not the identity's. */
    static void requirePlacing(List<Line> lines, HttpServletRequest request) {
        for (Line line : lines) {
            RequestIdentity.require(request, Operation.RESERVE, line.key().storeId());
        }
    }

    /** What the identity wishes, of its own holds only. It may be decided when the request is over, so not by the request. */
    static HoldWish ofOwn(HoldWish wish, Identity identity) {
        return identity.grants().mayEverywhere(Operation.RESERVE)
                ? wish
                : (id, at, cause) -> new HoldCommand.OnlyOwn(
                        wish.command(id, at, cause), hold -> may(identity, Operation.RESERVE, hold));
    }
}
