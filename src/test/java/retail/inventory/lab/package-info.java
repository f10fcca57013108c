/**
 * The laboratory: what the programs beside the tests are made of. One HTTP client ({@link Client}), one fleet of real processes
 * ({@link ServiceProcess}), one load generator ({@link LoadGenerator}); what clients were told is a
 * {@link retail.inventory.history.History}. The scenarios are in packages of their own and start with a script in {@code .ci} or
 * {@code bench}.
 */
@NullMarked
package retail.inventory.lab;

import org.jspecify.annotations.NullMarked;
