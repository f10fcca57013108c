package retail.inventory.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/**
 * What a caller wants of a hold.
 *
 * @param lines units of SKUs, some twice perhaps; empty = of all that the hold has
 * @param lastsMs for how long, when it is placed or extended
 * @param rest whether less than is asked for will do, or what is not confirmed is given back
 * @param condition on what the hold is, when it is placed
 * @param reference what it is for
 */
record HoldRequest(
        Kind kind,
        String holdId,
        List<Line> lines,
        long lastsMs,
        boolean rest,
        Condition condition,
        @Nullable String reference) {

    /** What is to become of the hold. */
    enum Kind {
        PLACE,
        EXTEND,
        CONFIRM,
        RELEASE
    }

    HoldCommand command(UUID id, Instant at, Cause cause) {
        List<Line> part = lines.isEmpty() ? null : lines;
        return switch (kind) {
            case PLACE -> new PlaceHold(holdId, lines, lastsMs, rest, condition, id, at, cause);
            case EXTEND -> new ExtendHold(holdId, lastsMs, id, at, cause);
            case CONFIRM -> new ConfirmHold(holdId, part, rest, id, at, cause);
            case RELEASE -> new ReleaseHold(holdId, part, id, at, cause);
        };
    }

    Cause cause() {
        return new Cause(Cause.LOCAL, null, reference, null, null);
    }

    /** How many units of each SKU are asked for. */
    Map<StockKey, Long> asked() {
        Map<StockKey, Long> asked = new TreeMap<>();
        lines.forEach(line -> asked.merge(line.key(), line.qty(), Long::sum));
        return asked;
    }
}
