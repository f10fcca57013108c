/**
 * Holds the service to what is written down about it: one suite for each contract.
 *
 * <p>These tests may use {@code retail.inventory.acceptance.RunningService}.
 */
@NullMarked
package retail.inventory.contract;

import org.jspecify.annotations.NullMarked;
