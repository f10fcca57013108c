package retail.inventory.journal.file;

import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Movement;

/** Writes what an event says of its hold: each line of the hold with its movement, those that did not move in the payload. */
final class HoldEncoder {

    private final LineBuffer out;

    HoldEncoder(LineBuffer out) {
        this.out = out;
    }

    /** Members of the payload, the first one without a comma before it. */
    void payload(Event event, Hold hold) {
        out.ascii("\"holdId\":\"").escaped(hold.id());
        out.ascii("\",\"holdVersion\":").number(hold.version());
        out.ascii(",\"state\":\"").ascii(hold.recorded().name()).ascii("\"");
        if (hold.placed().toEpochMilli() != event.atMs()) {
            out.ascii(",\"placedAt\":\"")
                    .timestamp(hold.placed().toEpochMilli())
                    .ascii("\"");
        }
        if (hold.endsMs() != HeldUnits.NO_END) {
            out.ascii(",\"expiresAt\":\"").timestamp(hold.endsMs()).ascii("\"");
        }
        String reference = hold.reference();
        if (reference != null) {
            out.ascii(",\"holdReference\":\"").escaped(reference).ascii("\"");
        }
        if (hold.late()) {
            out.ascii(",\"late\":true");
        }
        unmoved(event, hold);
    }

    private void unmoved(Event event, Hold hold) {
        boolean any = false;
        int moved = 0; // both are in the order of keys
        for (HoldLine line : hold.lines()) {
            while (moved < event.movements().size()
                    && event.movements().get(moved).key().compareTo(line.key()) < 0) {
                moved++;
            }
            if (moved < event.movements().size()
                    && event.movements().get(moved).key().equals(line.key())) {
                continue;
            }
            out.ascii(any ? ",{\"storeId\":\"" : ",\"unmoved\":[{\"storeId\":\"")
                    .escaped(line.key().storeId());
            out.ascii("\",\"sku\":\"").escaped(line.key().sku()).ascii("\"");
            out.ascii(",\"claimed\":").number(line.qty());
            numbers(line, line.qty());
            out.ascii("}");
            any = true;
        }
        if (any) {
            out.ascii("]");
        }
    }

    /** Members of a movement, each with a comma before it. */
    void movement(Movement movement, HoldChange change, @Nullable Hold hold) {
        HeldUnits own = change.own();
        if (own != null) {
            out.ascii(",\"hold\":").number(own.qty());
            HoldLine line = hold == null ? null : hold.line(movement.key());
            if (line != null) {
                if (line.qty() != own.qty()) {
                    out.ascii(",\"claimed\":").number(line.qty());
                }
                numbers(line, own.qty());
            }
        }
        for (int i = 0; i < change.lapsed().size(); i++) {
            out.ascii(i == 0 ? ",\"lapsed\":[\"" : ",\"")
                    .escaped(change.lapsed().get(i))
                    .ascii("\"");
        }
        if (!change.lapsed().isEmpty()) {
            out.ascii("]");
        }
    }

    private void numbers(HoldLine line, long requestedByDefault) {
        if (line.requested() != requestedByDefault) {
            out.ascii(",\"requested\":").number(line.requested());
        }
        if (line.confirmed() != 0) {
            out.ascii(",\"confirmed\":").number(line.confirmed());
        }
    }
}
