/**
 * How a process starts and ends: its roles, the order of the start, why it does not start, compaction behind it, signals.
 * Imports every package but {@code ops}; {@code ops} alone imports it.
 */
@NullMarked
package retail.inventory.boot;

import org.jspecify.annotations.NullMarked;
