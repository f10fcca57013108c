package retail.inventory.journal;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.process.Defects;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** An event that waits for the disk, and who waits for its fate. */
public record PendingAppend(Event event, Submitter submitter) {

    private static final Logger LOG = LoggerFactory.getLogger(PendingAppend.class);

    /** What a line of the log may take at most: 200 movements of the longest ids fit. */
    public static final int LINE_BYTES_MAX = 1 << 19;

    /** Texts longer than this could make a line that recovery does not read, even if every character is escaped. */
    static final int TEXT_MAX = LINE_BYTES_MAX / 8;

    /** About what a line without its texts takes. */
    static final long LINE_BYTES = 220;

    /** About what a movement takes without its texts. */
    static final long MOVEMENT_BYTES = 80;

    /** Answers; a mistake of who gets the answer is nobody else's. */
    public void tell(Appended outcome) {
        try {
            submitter.accept(outcome);
        } catch (RuntimeException | Error e) {
            defect("An answer of the log", e);
        }
    }

    /** Takes back what it led to. */
    void undo() {
        try {
            submitter.undo();
        } catch (RuntimeException | Error e) {
            defect("Going back", e);
        }
    }

    /** Hands over what goes to the log in its place, after others wrote first, if anything does. */
    void decideAgain(Consumer<PendingAppend> log) {
        try {
            PendingAppend again = submitter.decideAgain(this);
            if (again != null) {
                log.accept(again);
            }
        } catch (RuntimeException | Error e) {
            defect("Deciding again", e);
        }
    }

    private void defect(String what, Throwable cause) {
        Defects.caught(cause);
        LOG.error(
                "{} failed for event {}",
                what,
                value("eventId", event.eventId()),
                value("storeId", event.movements().get(0).key().storeId()),
                value("sku", event.movements().get(0).key().sku()),
                cause);
    }

    long estimatedBytes() {
        Movements movements = event.movements();
        long bytes = LINE_BYTES;
        for (int i = 0; i < movements.size(); i++) {
            StockKey key = movements.get(i).key();
            bytes += MOVEMENT_BYTES + key.storeId().length() + key.sku().length();
        }
        Event.KeyedRequest request = event.request();
        return bytes
                + (request == null
                        ? 0
                        : request.key().length() + request.fingerprint().length());
    }
}
