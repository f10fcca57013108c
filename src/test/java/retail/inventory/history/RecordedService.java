package retail.inventory.history;

import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.service.InventoryService;
import retail.inventory.service.OutcomeUnknownException;
import retail.inventory.service.ServiceUnavailableException;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** The service as its callers see it, each call and its answer recorded. For any number of threads. */
public final class RecordedService {

    private final InventoryService service;
    private final History history;

    /** Records what is called from now on. */
    public RecordedService(InventoryService service, History history) {
        this.service = service;
        this.history = history;
    }

    /** A delivery when units come in, else a sale; null when nobody knows or nothing was done. */
    public @Nullable Answer change(
            StockKey key, long delta, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        Operation operation = history.changes(key.toString(), delta, expectedVersion, idempotencyKey);
        try {
            Answer answer = delta > 0
                    ? service.adjust(key, delta, expectedVersion, idempotencyKey)
                    : service.reserve(key, -delta, expectedVersion, idempotencyKey);
            tell(operation, answer);
            return answer;
        } catch (OutcomeUnknownException e) {
            return null; // the operation never ends
        } catch (ServiceUnavailableException e) {
            operation.nothingHappened();
            return null;
        }
    }

    /** The version that a SKU has; 0 = it is not there, or cannot be read now. */
    public long version(StockKey key) {
        Operation operation = history.reads(key.toString());
        InventoryRecord record;
        try {
            record = service.find(key);
        } catch (ServiceUnavailableException e) {
            operation.nothingHappened();
            return 0;
        }
        if (record == null) {
            operation.absent();
            return 0;
        }
        operation.shown(record.version(), record.qty());
        return record.version();
    }

    private static void tell(Operation operation, Answer answer) {
        switch (answer) {
            case Answer.Accepted(InventoryRecord record, var eventId, long sequence, boolean replayed) ->
                operation.accepted(record.version(), record.qty(), eventId, sequence, replayed);
            case Answer.KeyReused reused -> operation.keyReused();
            case Answer.Refused(Rejected(var reason, InventoryRecord current)) -> {
                Refusal why = Refusal.valueOf(reason.name());
                operation.refused(why, current == null ? 0 : current.version(), current == null ? 0 : current.qty());
            }
        }
    }
}
