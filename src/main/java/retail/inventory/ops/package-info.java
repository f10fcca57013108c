/**
 * For the people who run the service: start and its failures in plain sentences, health, logs. Sees every room; nobody
 * enters.
 */
@NullMarked
package retail.inventory.ops;

import org.jspecify.annotations.NullMarked;
