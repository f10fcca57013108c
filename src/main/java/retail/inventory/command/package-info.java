/**
 * Commands of the jar that work without the service: {@code java -jar inventory-service.jar backup data copy}. Enter through
 * {@link retail.inventory.command.Commands}; Spring is not started. Exit codes: 0 when all is well, 1 when it is not, 2 when
 * the arguments are not understood or there is nothing to work on.
 */
@NullMarked
package retail.inventory.command;

import org.jspecify.annotations.NullMarked;
