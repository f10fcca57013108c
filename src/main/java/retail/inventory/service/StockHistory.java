package retail.inventory.service;

import org.jspecify.annotations.Nullable;
import retail.inventory.journal.EventLog;

/** What a request may refer back to: a version of one history, and an answer that was given before. */
public final class StockHistory {

    private final EventLog log;
    private final Idempotency idempotency;

    StockHistory(EventLog log, Idempotency idempotency) {
        this.log = log;
        this.idempotency = idempotency;
    }

    /** Which history the stock is of: a UUID, another one after it was put back from a copy; null while there is none. */
    public @Nullable String logId() {
        return log.logId();
    }

    /** Whether a request with this key gets the answer of an earlier one, on whatever state that was given. */
    public boolean hasAnswered(String idempotencyKey) {
        return idempotency.hasAnswered(idempotencyKey);
    }
}
