/**
 * What users do with the service, over HTTP against the real application on a real port, in the users' words.
 *
 * <p>These tests know routes, headers and bodies only. {@link retail.inventory.acceptance.RunningService} is the door;
 * other test packages may start it too.
 */
@NullMarked
package retail.inventory.acceptance;

import org.jspecify.annotations.NullMarked;
