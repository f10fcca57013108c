/**
 * Crashes: the real log, table, files and service on a simulated disk that loses, tears and fails on a seed, held
 * against an oracle of what was acknowledged.
 */
@NullMarked
package retail.inventory.crash;

import org.jspecify.annotations.NullMarked;
