/**
 * What work behind the requests is made of: {@link retail.inventory.background.PacedLoop loops} that leave the processor to
 * others, {@link retail.inventory.background.DiskBreakers breakers and retries} for a disk that fails, and
 * {@link retail.inventory.background.Age ages} by elapsed time. It imports only {@code process}.
 */
@NullMarked
package retail.inventory.background;

import org.jspecify.annotations.NullMarked;
