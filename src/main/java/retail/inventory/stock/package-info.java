/**
 * The rules of stock: what a command does to SKUs of stores, and to holds on them, as two pure functions.
 *
 * <p>{@link retail.inventory.stock.StockRules#decide decide} turns a record and a command into movements or a
 * rejection, {@link retail.inventory.stock.StockRules#evolve evolve} turns a record and a movement into the next record.
 * What a record has set aside are its {@link retail.inventory.stock.Holds}; what belongs to a whole hold, over all its SKUs, is a
 * {@link retail.inventory.stock.Hold}.
 *
 * <p>No clock, no random, no I/O, no Spring: time and ids arrive in the command. Every package may import it.
 */
@NullMarked
package retail.inventory.stock;

import org.jspecify.annotations.NullMarked;
