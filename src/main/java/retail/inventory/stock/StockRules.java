package retail.inventory.stock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;

/** The two pure functions that all stock goes through. */
public final class StockRules {

    private StockRules() {}

    /** What a command is decided on: the records of its SKUs, as they are under their locks. */
    public interface View {

        /** The record of one of the SKUs; null when its store does not have it yet. */
        @Nullable
        InventoryRecord record(StockKey key);

        /** The hold that the command is about; null when there is none, or the command is about none. */
        default @Nullable Hold hold() {
            return null;
        }
    }

    /**
     * Decides a command on the state of its SKUs.
     *
     * @return what happens, or why nothing does; never throws for a valid command
     */
    public static Decision decide(View seen, Command command) {
        return switch (command) {
            case OfOneSku one -> decide(seen.record(one.key()), one);
            case ReserveAll all -> bounded(decide(seen, all), seen, command.at());
            case HoldCommand hold -> bounded(HoldRules.decide(seen, hold), seen, command.at());
        };
    }

    private static Decision bounded(Decision decision, View seen, Instant at) {
        if (!(decision instanceof Accepted(Movements movements, Hold hold))
                || lapsed(movements) <= HoldChange.LAPSED_MAX) {
            return decision;
        }
        List<RejectedLine> lines = new ArrayList<>();
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            if (!movement.lapsed().isEmpty()) {
                lines.add(Position.of(movement.key(), seen.record(movement.key()), at)
                        .rejected(movement.delta()));
            }
        }
        return new Rejected(Reason.TOO_MANY_ENDED, lines, seen.hold());
    }

    private static int lapsed(Movements movements) {
        int lapsed = 0;
        for (int i = 0; i < movements.size(); i++) {
            lapsed += movements.get(i).lapsed().size();
        }
        return lapsed;
    }

    /**
     * Decides a command on the state of its SKU: version first, then stock.
     *
     * @param current the SKU's record, null when the store does not have it yet
     * @return what happens, or why nothing does; never throws for a valid command on its own SKU
     */
    public static Decision decide(@Nullable InventoryRecord current, OfOneSku command) {
        long version = current == null ? 0 : current.version();
        long qty = current == null ? 0 : current.qty();
        if (current == null && command.delta() < 0) {
            return rejected(Reason.UNKNOWN_SKU, command, null);
        }
        if (isOther(version, command.expectedVersion())) {
            return rejected(Reason.VERSION_CONFLICT, command, current);
        }
        long result = Math.addExact(qty, command.delta());
        long held = current == null ? 0 : current.held(command.at());
        if (command.delta() < 0 && result < held) {
            return rejected(Reason.INSUFFICIENT_STOCK, command, current);
        }
        if (result > InventoryRecord.QTY_MAX) {
            return rejected(Reason.ABOVE_MAXIMUM, command, current);
        }
        return new Accepted(
                current == null || current.holds().isEmpty()
                        ? new Movement(command.key(), command.delta(), result, Math.incrementExact(version))
                        : Position.of(command.key(), current, command.at()).moved(command.delta()));
    }

    private static Rejected rejected(Reason reason, OfOneSku command, @Nullable InventoryRecord current) {
        long available = current == null ? 0 : current.available(command.at());
        return new Rejected(reason, List.of(new RejectedLine(command.key(), command.delta(), available, current)));
    }

    static boolean isOther(long version, @Nullable Long expected) {
        return expected != null && expected != version;
    }

    /** Versions of all lines first, then stock of all; whatever is wrong is told of every line that it is wrong with. */
    private static Decision decide(View seen, ReserveAll command) {
        List<RejectedLine> conflicts = new ArrayList<>();
        List<RejectedLine> tooFew = new ArrayList<>();
        List<Movement> movements = new ArrayList<>(command.lines().size());
        for (Line line : command.lines()) {
            Position position = Position.of(line.key(), seen.record(line.key()), command.at());
            if (isOther(position.version(), line.expectedVersion())) {
                conflicts.add(position.rejected(-line.qty()));
            } else if (position.available() < line.qty()) {
                tooFew.add(position.rejected(-line.qty()));
            } else {
                movements.add(position.moved(-line.qty()));
            }
        }
        if (!conflicts.isEmpty()) {
            return new Rejected(Reason.VERSION_CONFLICT, conflicts);
        }
        return tooFew.isEmpty()
                ? new Accepted(Movements.of(movements))
                : new Rejected(Reason.INSUFFICIENT_STOCK, tooFew);
    }

    /**
     * The record after a movement. The movement carries its result, so a record before it is needed for two things only: a
     * movement that it already contains changes nothing, which makes replay harmless; and the result of the next one must
     * be its sum.
     *
     * @param before the record; null when there is none, or none is known
     * @param at when the event was decided
     * @throws IllegalArgumentException when the result is none that a SKU can have, or not the sum of the quantity before
     *     and the delta
     */
    public static InventoryRecord evolve(@Nullable InventoryRecord before, Movement movement, Instant at) {
        if (before != null && movement.version() <= before.version()) {
            return before;
        }
        long beforeVersion = before == null ? 0 : before.version();
        boolean follows = movement.version() == beforeVersion + 1;
        if (follows) {
            requireSum(before == null ? 0 : before.qty(), movement);
        }
        Holds held = before == null ? Holds.NONE : before.holds();
        return new InventoryRecord(
                movement.key(), movement.qty(), held.after(movement.holds(), follows), movement.version(), at);
    }

    private static void requireSum(long before, Movement movement) {
        if (before + movement.delta() != movement.qty()) { // wraps around at worst, which is no right sum either
            throw new IllegalArgumentException(before + " and a change by " + movement.delta() + " are not "
                    + movement.qty() + ", which version " + movement.version() + " says");
        }
    }
}
