/**
 * Histories: what callers asked, what they were told and when, and whether one store of stock can have told them so.
 *
 * <p>{@link retail.inventory.history.History} records; {@link retail.inventory.history.HistoryCheck} says which
 * operations contradict each other. Each change answers with the version and quantity it led to, so the order of a SKU's
 * changes is known and the check is exact in O(n log n), where general histories need a search.
 * Tests use it, and the proof of a running service.
 */
@NullMarked
package retail.inventory.history;

import org.jspecify.annotations.NullMarked;
