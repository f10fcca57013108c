/**
 * The routes of a store's stock: shapes, and one exhaustive switch from what the service answers to what the client gets.
 */
@NullMarked
package retail.inventory.web.stock;

import org.jspecify.annotations.NullMarked;
