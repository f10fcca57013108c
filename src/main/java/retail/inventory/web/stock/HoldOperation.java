package retail.inventory.web.stock;

import static retail.inventory.stock.Decision.Reason.EXCEEDS_HOLD;
import static retail.inventory.stock.Decision.Reason.HOLD_CLOSED;
import static retail.inventory.stock.Decision.Reason.HOLD_CONFLICT;
import static retail.inventory.stock.Decision.Reason.HOLD_EXPIRED;
import static retail.inventory.stock.Decision.Reason.HOLD_OF_OTHERS;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.TOO_MANY_ENDED;
import static retail.inventory.stock.Decision.Reason.TOO_MANY_HOLDS;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_HOLD;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import java.util.Locale;
import java.util.Set;
import retail.inventory.stock.Decision.Reason;

/** What may be done with a hold, and why it may be refused. */
enum HoldOperation {
    HOLD,
    EXTEND,
    CONFIRM,
    RELEASE;

    Set<Reason> reasons() {
        return switch (this) {
            case HOLD ->
                Set.of(
                        HOLD_OF_OTHERS,
                        HOLD_CLOSED,
                        HOLD_CONFLICT,
                        HOLD_EXPIRED,
                        VERSION_CONFLICT,
                        INSUFFICIENT_STOCK,
                        TOO_MANY_HOLDS,
                        TOO_MANY_ENDED);
            case EXTEND ->
                Set.of(UNKNOWN_HOLD, HOLD_OF_OTHERS, HOLD_CLOSED, HOLD_EXPIRED, TOO_MANY_HOLDS, TOO_MANY_ENDED);
            case CONFIRM ->
                Set.of(UNKNOWN_HOLD, HOLD_OF_OTHERS, HOLD_CLOSED, HOLD_EXPIRED, EXCEEDS_HOLD, TOO_MANY_ENDED);
            case RELEASE -> Set.of(UNKNOWN_HOLD, HOLD_OF_OTHERS, HOLD_CLOSED, EXCEEDS_HOLD, TOO_MANY_ENDED);
        };
    }

    /** As a tag of metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
