package retail.inventory.stock;

import java.util.Comparator;
import java.util.List;

/** Movements of more than one SKU. */
record SeveralMovements(List<Movement> all) implements Movements {

    private static final int COUNT_MAX = 200;

    SeveralMovements {
        if (all.isEmpty() || all.size() > COUNT_MAX) {
            throw new IllegalArgumentException("an event has 1 to " + COUNT_MAX + " movements, not " + all.size());
        }
        all = all.stream().sorted(Comparator.comparing(Movement::key)).toList();
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).key().equals(all.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        "an event has one movement for each SKU: " + all.get(i).key());
            }
        }
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public Movement get(int index) {
        return all.get(index);
    }
}
