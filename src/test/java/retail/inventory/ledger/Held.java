package retail.inventory.ledger;

/**
 * What the service says that a key holds.
 *
 * @param updatedAt the service's own text, so that a comparison is of what was sent
 */
record Held(Stock stock, String updatedAt) {

    private static final JsonMember QTY = JsonMember.number("qty");
    private static final JsonMember VERSION = JsonMember.number("version");
    private static final JsonMember UPDATED_AT = JsonMember.text("updatedAt");

    /** Reads it from a JSON object; throws {@link ReplayException} when something is missing there. */
    static Held parse(String record) {
        return new Held(new Stock(QTY.numberIn(record), VERSION.numberIn(record)), UPDATED_AT.in(record));
    }

    @Override
    public String toString() {
        return stock + " of " + updatedAt;
    }
}
