package retail.inventory.stock;

import java.util.List;

/**
 * What one accepted command did, SKU by SKU, in the order of keys: each key once. A single {@link Movement} is such a list of
 * one, so the commonest command makes no collection.
 */
public sealed interface Movements permits Movement, SeveralMovements {

    /** How many SKUs it is about, 1 to 200. */
    int size();

    /** One of them, from 0. */
    Movement get(int index);

    /**
     * Some movements.
     *
     * @throws IllegalArgumentException when there are none or too many, or a key comes twice
     */
    static Movements of(List<Movement> movements) {
        return movements.size() == 1 ? movements.getFirst() : new SeveralMovements(movements);
    }
}
