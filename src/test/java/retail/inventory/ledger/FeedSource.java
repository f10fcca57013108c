package retail.inventory.ledger;

import java.net.URI;
import java.util.Optional;

/** One life of a process that serves the feed. */
interface FeedSource {

    /** Where it serves, or nothing while it is not ready. */
    Optional<URI> url();

    /** Whether it was killed, or is about to be. */
    boolean killed();
}
