package retail.inventory.stock;

/**
 * What an event did to one SKU of one store, with the state it led to. It is taken as it was written: whether it follows
 * from the state before is for {@link StockRules#evolve} to say.
 *
 * @param key whose stock moved
 * @param delta units added, negative for those taken away
 * @param qty units on hand after it
 * @param version the SKU's version after it
 */
public record Movement(StockKey key, long delta, long qty, long version) implements Movements {

    @Override
    public int size() {
        return 1;
    }

    @Override
    public Movement get(int index) {
        if (index != 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return this;
    }
}
