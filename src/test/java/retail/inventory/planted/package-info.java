/**
 * Bugs planted on purpose. A checker that has never caught one proves nothing: {@link
 * retail.inventory.planted.MutatedClasses} compiles the service with one {@link retail.inventory.planted.PlantedBug} and
 * runs a test's experiment on it, in the same process. Any test may use it.
 */
@NullMarked
package retail.inventory.planted;

import org.jspecify.annotations.NullMarked;
