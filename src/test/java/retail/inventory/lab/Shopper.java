package retail.inventory.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.HoldWish.Kind;

/**
 * A shop's client: it holds baskets of 1 to 100 lines, then confirms, changes, extends or releases them, or forgets them until
 * they end. Between baskets it delivers, never enough for all.
 */
final class Shopper {

    private static final List<Integer> TTL_SECONDS = List.of(1, 2, 3, 600);
    private static final int UNITS_MAX = 3;
    private static final int DELIVERY_MAX = 30;

    private final String name;
    private final Random random;
    private int number;
    private int holds;
    private boolean open;

    Shopper(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    HoldWish next() {
        number++;
        int dice = random.nextInt(10);
        if (!open || dice < 2) {
            open = false;
            holds++;
            return random.nextInt(3) == 0 ? delivery() : place();
        }
        return switch (dice) {
            case 2 -> place();
            case 3 -> wish(Kind.EXTEND, Map.of());
            case 4, 5 -> wish(Kind.RELEASE, Map.of());
            default -> wish(Kind.CONFIRM, Map.of());
        };
    }

    /** What came of it. */
    void answered(HoldWish wish, @Nullable Answer answer) {
        boolean stays = wish.kind() == Kind.PLACE || wish.kind() == Kind.EXTEND;
        open = stays && answer != null && answer.accepted();
    }

    private HoldWish delivery() {
        String place = HoldRecord.PLACES.get(random.nextInt(HoldRecord.PLACES.size()));
        return wish(Kind.DELIVERY, Map.of(place, 1L + random.nextInt(DELIVERY_MAX)));
    }

    /** Small ones more often than large ones. */
    private HoldWish place() {
        List<String> places = new ArrayList<>(HoldRecord.PLACES);
        Collections.shuffle(places, random);
        int lines = 1 + random.nextInt(1 + random.nextInt(places.size()));
        Map<String, Long> units = new TreeMap<>();
        places.subList(0, lines).forEach(place -> units.put(place, 1L + random.nextInt(UNITS_MAX)));
        return wish(Kind.PLACE, units);
    }

    private HoldWish wish(Kind kind, Map<String, Long> units) {
        int ttl = TTL_SECONDS.get(random.nextInt(TTL_SECONDS.size()));
        return new HoldWish(name + "-" + number, kind, name + "-h" + holds, units, ttl);
    }
}
