/**
 * What {@code ops/} has for those who run the service: its files agree with each other, with the runbook and with the list of
 * metrics; and {@link retail.inventory.operations.Scrape} lets a Prometheus scrape a service under load.
 */
@NullMarked
package retail.inventory.operations;

import org.jspecify.annotations.NullMarked;
