package retail.inventory.service;

import static java.util.Objects.requireNonNull;
import static retail.inventory.service.WritePath.accepted;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** Holds over a log that the test answers for, on ten units of one SKU and four of another. */
final class HoldPath {

    static final StockKey OTHER = new StockKey("STORE002", "SKU9");
    static final Duration TTL = Duration.ofMinutes(10);

    final WritePath path = new WritePath();

    void stocked() {
        path.stocked(10, 1);
        path.stocked(OTHER, 4, 3);
    }

    Hold placed(String id, Line... lines) throws Exception {
        return requireNonNull(accepted(now(place(id, lines))).hold());
    }

    Supplier<Answer> place(String id, Line... lines) {
        return () -> path.service.changeHold(
                (eventId, at, told) -> new PlaceHold(
                        id, Arrays.asList(lines), TTL.toMillis(), false, Condition.NONE, eventId, at, told),
                Cause.NONE,
                null);
    }

    Supplier<Answer> confirm(String id) {
        return () -> path.service.changeHold(
                (eventId, at, told) -> new ConfirmHold(id, null, false, eventId, at, told), Cause.NONE, null);
    }

    Supplier<Answer> release(String id) {
        return () -> path.service.changeHold(
                (eventId, at, told) -> new ReleaseHold(id, null, eventId, at, told), Cause.NONE, null);
    }

    /** The answer once the log has made it durable. */
    Answer now(Supplier<Answer> request) throws Exception {
        Call<Answer> call = Call.of(request);
        path.log.makesDurable(1);
        return call.answer();
    }

    List<Event> events() {
        return path.log.read(0, 100).events();
    }

    static Line line(StockKey key, long qty) {
        return new Line(key, qty, null);
    }

    InventoryRecord record(StockKey key) {
        return requireNonNull(path.service.find(key));
    }

    long available(StockKey key) {
        return record(key).available(path.service.now());
    }

    Hold.@Nullable State state(String id) {
        HoldNow now = path.service.hold(id);
        return now == null ? null : now.state();
    }
}
