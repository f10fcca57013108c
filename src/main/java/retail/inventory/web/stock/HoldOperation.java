package retail.inventory.web.stock;

import static retail.inventory.stock.Decision.Reason.EXCEEDS_HOLD;
import static retail.inventory.stock.Decision.Reason.HOLD_CLOSED;
import static retail.inventory.stock.Decision.Reason.HOLD_CONFLICT;
import static retail.inventory.stock.Decision.Reason.HOLD_EXPIRED;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.TOO_MANY_HOLDS;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_HOLD;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import java.util.Locale;
import java.util.Set;
import retail.inventory.stock.Decision.Reason;

/** What may be done with a hold, and why it may be refused. */
enum HoldOperation {
    HOLD(Set.of(HOLD_CLOSED, HOLD_CONFLICT, HOLD_EXPIRED, VERSION_CONFLICT, INSUFFICIENT_STOCK, TOO_MANY_HOLDS)),
    EXTEND(Set.of(UNKNOWN_HOLD, HOLD_CLOSED, HOLD_EXPIRED)),
    CONFIRM(Set.of(UNKNOWN_HOLD, HOLD_CLOSED, HOLD_EXPIRED, EXCEEDS_HOLD)),
    RELEASE(Set.of(UNKNOWN_HOLD, HOLD_CLOSED, EXCEEDS_HOLD));

    private final Set<Reason> reasons;

    HoldOperation(Set<Reason> reasons) {
        this.reasons = reasons;
    }

    Set<Reason> reasons() {
        return reasons;
    }

    /** As a tag of metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
