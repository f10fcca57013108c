package retail.inventory.ledger;

/** What one key holds: units on hand and the number of writes accepted so far. */
record Stock(long qty, long version) {

    static final Stock NONE = new Stock(0, 0);

    Stock plus(long delta) {
        return new Stock(Math.addExact(qty, delta), version + 1);
    }

    @Override
    public String toString() {
        return "%d at version %d".formatted(qty, version);
    }
}
