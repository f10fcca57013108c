/** What the service is measured beside, with its routes and the shapes of its answers; {@code bench/run} starts them. */
package retail.inventory.rivals;
