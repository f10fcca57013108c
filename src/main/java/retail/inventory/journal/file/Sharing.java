package retail.inventory.journal.file;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Presence;
import retail.inventory.files.ProcessMutex;

/**
 * How processes that write the same log come to terms.
 *
 * @param turns one is at the end of the log at a time
 * @param presence tells the first one, which repairs what a crash left, from those who find others at work
 */
record Sharing(ProcessMutex turns, Presence presence) {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    /** Lets the others go on without this process. */
    void leave(PeerEvents others) {
        try {
            others.close();
            presence.close();
            turns.close();
        } catch (IOException e) {
            LOG.warn("The locks of the log could not be given back; they end with this process: {}", e.toString());
        }
    }
}
