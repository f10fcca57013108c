package retail.inventory.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import retail.inventory.simulation.HoldRequest.Kind;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** What callers want of holds, as chance would have it: few holds of few SKUs, most of which end while others are asked for. */
final class HoldRequests {

    private static final int SKUS = 3;
    private static final int REFERENCES = 3;
    private static final int OPEN = 3;
    private static final int LASTS_MS_MAX = 150;
    private static final int VERSIONS = 3;

    /** Beyond all amounts of other requests. */
    private static final long FIRST_NUMBER = 1L << 40;

    private final Random random;
    private final List<StockKey> keys;
    private long number = FIRST_NUMBER;
    private int holds = 1;

    HoldRequests(Random random, List<StockKey> keys) {
        this.random = random;
        this.keys = keys.subList(0, Math.min(SKUS, keys.size()));
    }

    Request next() {
        number++;
        String key = random.nextInt(3) == 0 ? "hold-key-" + number : null;
        return Request.ofHold(number, hold(), key);
    }

    private HoldRequest hold() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> place();
            case 5 -> request(Kind.EXTEND, List.of(), random.nextInt(20) == 0 ? 1 : lastsMs(), false);
            case 6, 7 -> request(Kind.CONFIRM, part(), 0, random.nextInt(3) == 0);
            case 8 -> request(Kind.RELEASE, part(), 0, false);
            default -> request(Kind.CONFIRM, List.of(), 0, false);
        };
    }

    private HoldRequest request(Kind kind, List<Line> lines, long lastsMs, boolean rest) {
        return new HoldRequest(kind, anyId(), lines, lastsMs, rest, Condition.NONE, null);
    }

    private HoldRequest place() {
        if (random.nextInt(3) == 0) {
            holds++;
        }
        boolean endless = random.nextInt(8) == 0;
        Condition condition = switch (random.nextInt(6)) {
            case 0 -> new Condition(true, null);
            case 1 -> new Condition(false, 1L + random.nextInt(VERSIONS));
            default -> Condition.NONE;
        };
        return new HoldRequest(
                Kind.PLACE,
                anyId(),
                lines(1 + random.nextInt(keys.size() + 1)),
                endless ? HeldUnits.NO_END : lastsMs(),
                random.nextInt(4) == 0,
                condition,
                endless || random.nextBoolean() ? anyReference() : null);
    }

    private long lastsMs() {
        return 1L + random.nextInt(random.nextInt(4) == 0 ? 10 * LASTS_MS_MAX : LASTS_MS_MAX);
    }

    /** All of it half of the time. */
    private List<Line> part() {
        return random.nextBoolean() ? List.of() : lines(1);
    }

    private List<Line> lines(int count) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StockKey key = keys.get(random.nextInt(keys.size()));
            lines.add(new Line(key, 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 60), null));
        }
        return lines;
    }

    String anyId() {
        return "h" + Math.max(1, holds - random.nextInt(OPEN));
    }

    String anyReference() {
        return "order-" + random.nextInt(REFERENCES);
    }
}
