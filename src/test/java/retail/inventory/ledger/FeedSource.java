package retail.inventory.ledger;

import java.net.URI;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import retail.inventory.lab.ServiceProcess;

/**
 * A process that serves the feed.
 *
 * @param url where, once it is ready
 * @param killed whether somebody killed it
 */
record FeedSource(Optional<URI> url, BooleanSupplier killed) {

    static FeedSource of(ServiceProcess process) {
        return new FeedSource(process.uriIfReady(), process::isKilled);
    }
}
