package retail.inventory.rivals;

/** A change, as the service takes it: an adjustment has a delta, a reservation a quantity; the other one is null. */
record StockRequest(Long delta, Long qty) {}
