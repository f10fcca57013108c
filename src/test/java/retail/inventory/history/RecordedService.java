package retail.inventory.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.service.InventoryService;
import retail.inventory.service.OutcomeUnknownException;
import retail.inventory.service.ServiceUnavailableException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
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

    /** A sale of several SKUs, all or nothing; null when nobody knows or nothing was done. */
    public @Nullable Answer takeAll(Map<StockKey, Long> units, @Nullable String idempotencyKey) {
        Map<String, Long> deltas = new TreeMap<>();
        List<Line> lines = new ArrayList<>();
        units.forEach((key, qty) -> {
            deltas.put(key.toString(), -qty);
            lines.add(new Line(key, qty, null));
        });
        Map<String, Operation> operations = history.changesAll(deltas, idempotencyKey);
        try {
            Answer answer = service.reserveAll(lines, Cause.NONE, idempotencyKey);
            tell(operations, answer);
            return answer;
        } catch (OutcomeUnknownException e) {
            return null; // the operations never end
        } catch (ServiceUnavailableException e) {
            operations.values().forEach(Operation::nothingHappened);
            return null;
        }
    }

    private static void tell(Map<String, Operation> operations, Answer answer) {
        Map<String, Operation> open = new TreeMap<>(operations);
        switch (answer) {
            case Answer.Accepted accepted -> {
                for (int i = 0; i < accepted.movements().size(); i++) {
                    InventoryRecord record = accepted.record(i);
                    part(open, record.key())
                            .accepted(
                                    record.version(),
                                    record.qty(),
                                    accepted.eventId(),
                                    accepted.sequence(),
                                    accepted.replayed());
                }
                if (!open.isEmpty()) {
                    throw new AssertionError("accepted without " + open.keySet());
                }
            }
            case Answer.Already already -> throw new AssertionError("no hold was asked for");
            case Answer.KeyReused reused -> open.values().forEach(Operation::keyReused);
            case Answer.Refused(Rejected rejected) -> {
                for (RejectedLine line : rejected.lines()) {
                    refuse(part(open, line.key()), rejected.reason(), line.current());
                }
                open.values().forEach(Operation::nothingHappened);
            }
        }
    }

    private static Operation part(Map<String, Operation> open, StockKey key) {
        Operation operation = open.remove(key.toString());
        if (operation == null) {
            throw new AssertionError("answered about " + key + ", which was not asked for");
        }
        return operation;
    }

    private static void refuse(Operation operation, Reason reason, @Nullable InventoryRecord current) {
        operation.refused(
                Refusal.valueOf(reason.name()),
                current == null ? 0 : current.version(),
                current == null ? 0 : current.qty());
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
            case Answer.Accepted accepted -> {
                InventoryRecord record = accepted.record();
                operation.accepted(
                        record.version(), record.qty(), accepted.eventId(), accepted.sequence(), accepted.replayed());
            }
            case Answer.Already already -> throw new AssertionError("no hold was asked for");
            case Answer.KeyReused reused -> operation.keyReused();
            case Answer.Refused(Rejected rejected) -> refuse(operation, rejected.reason(), rejected.current());
        }
    }
}
