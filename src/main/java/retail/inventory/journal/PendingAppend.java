package retail.inventory.journal;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.process.Defects;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** An event that waits for the disk, and who waits for its fate. */
public record PendingAppend(Event event, Submitter submitter) {

    private static final Logger LOG = LoggerFactory.getLogger(PendingAppend.class);

    /**
     * What a line of the log may take at most: 200 movements of the longest ids fit, and the ids of all holds that an event may
     * drop.
     */
    public static final int LINE_BYTES_MAX = 1 << 20;

    /** An event that is estimated at no more than this has a line that is short enough, even if every character is escaped. */
    static final int SHORT_BYTES = LINE_BYTES_MAX / 8;

    /** About what a line without its texts takes. */
    static final long LINE_BYTES = 220;

    /** About what a movement takes without its texts. */
    static final long MOVEMENT_BYTES = 80;

    /** What a line takes at most, without its movements and the texts of its request. */
    private static final long LONGEST_LINE_BYTES = 8 * LINE_BYTES;

    /** What a movement takes at most without its texts, or what a hold's line does. */
    private static final long LONGEST_MOVEMENT_BYTES = 300;

    /** An escaped character. */
    private static final long ESCAPED_BYTES = 6;

    /** Of an id in a list, with what is around it. */
    private static final long AROUND_ID_BYTES = 3;

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

    /** About how long its line is. */
    long estimatedBytes() {
        return LINE_BYTES + requestLength() + sum(MOVEMENT_BYTES, 1);
    }

    /** Whether it could have a line that recovery does not read. */
    boolean isTooLong() {
        return estimatedBytes() > SHORT_BYTES
                && LONGEST_LINE_BYTES + ESCAPED_BYTES * requestLength() + sum(LONGEST_MOVEMENT_BYTES, ESCAPED_BYTES)
                        > LINE_BYTES_MAX;
    }

    private long requestLength() {
        Event.KeyedRequest request = event.request();
        return request == null
                ? 0
                : request.key().length() + request.fingerprint().length();
    }

    /** What movements and the hold's lines take. Of all texts only SKUs are escaped. */
    private long sum(long each, long skuCharacter) {
        Movements movements = event.movements();
        long bytes = 0;
        for (int i = 0; i < movements.size(); i++) {
            StockKey key = movements.get(i).key();
            bytes += each + key.storeId().length() + skuCharacter * key.sku().length();
            for (String lapsed : movements.get(i).lapsed()) {
                bytes += AROUND_ID_BYTES + lapsed.length();
            }
        }
        Hold hold = event.hold();
        for (HoldLine line : hold == null ? List.<HoldLine>of() : hold.lines()) {
            bytes += each
                    + line.key().storeId().length()
                    + skuCharacter * line.key().sku().length();
        }
        return bytes;
    }
}
