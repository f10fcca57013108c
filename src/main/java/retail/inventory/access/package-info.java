/**
 * Who may do what: identities, what they are granted, and the keys by which machines show who they are.
 *
 * <p>{@link retail.inventory.access.Keys} is asked about each request; {@link retail.inventory.access.KeyFile} is the file it
 * follows and its one writer; {@link retail.inventory.access.Grants} decides. Knows nothing of HTTP. {@code web}, {@code command}
 * and what shows how the service is doing enter.
 */
@NullMarked
package retail.inventory.access;

import org.jspecify.annotations.NullMarked;
