package retail.inventory.service;

import java.time.Instant;
import java.util.UUID;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HoldCommand;

/** What somebody wants of a hold, to be decided at a time that is for the service to say. */
@FunctionalInterface
public interface HoldWish {

    /**
     * The command.
     *
     * @param id of its event
     * @param at when it is decided
     * @param cause as it was told; what happened in the future happens now
     */
    HoldCommand command(UUID id, Instant at, Cause cause);
}
