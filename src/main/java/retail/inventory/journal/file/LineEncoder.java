package retail.inventory.journal.file;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;

/**
 * Writes events as lines of the log into one buffer that is used again for every batch. Written by hand because one
 * thread encodes what all requests wait for; the members are few, and only SKUs, keys and causes need escaping. Not thread-safe.
 */
final class LineEncoder {

    /** The {@code durable} of a line that is not the first of its batch. */
    static final long NO_CLAIM = -1;

    static final String QUARANTINED = "QUARANTINED";

    private final LineBuffer out = new LineBuffer();
    private final HoldEncoder holds = new HoldEncoder(out);

    /** Adds the line of an event at its place in the log. */
    void event(long sequence, long durableClaim, Event event) {
        int start = out.size();
        out.ascii("{\"sequence\":").number(sequence);
        if (durableClaim != NO_CLAIM) {
            out.ascii(",\"durable\":").number(durableClaim);
        }
        out.ascii(",\"eventId\":\"").uuid(event.eventId());
        out.ascii("\",\"ts\":\"").timestamp(event.atMs());
        out.ascii("\",\"type\":\"").escaped(event.type());
        out.ascii("\"");
        if (isOfThePlan(event)) {
            single(event, event.movement());
        } else {
            several(event);
        }
        Event.KeyedRequest request = event.request();
        if (request != null) {
            out.ascii(",\"key\":\"").escaped(request.key());
            out.ascii("\",\"request\":\"").escaped(request.fingerprint()).ascii("\"");
        }
        String traceId = event.traceId();
        if (traceId != null) {
            out.ascii(",\"traceId\":\"").ascii(traceId).ascii("\"");
        }
        if (!event.cause().isLocal()) {
            out.ascii(",\"by\":\"").escaped(event.cause().by()).ascii("\"");
        }
        out.seal(start);
    }

    /** The form of the plan, which says all of an adjust and of a reserve of one SKU. */
    private static boolean isOfThePlan(Event event) {
        if (!(event.movements() instanceof Movement one) || one.holds() != null) {
            return false;
        }
        return switch (event.type()) {
            case Event.ADJUST -> true;
            case Event.RESERVE -> one.delta() < 0;
            default -> false;
        };
    }

    private void single(Event event, Movement movement) {
        out.ascii(",\"payload\":{\"storeId\":\"").escaped(movement.key().storeId());
        out.ascii("\",\"sku\":\"").escaped(movement.key().sku()).ascii("\"");
        if (event.type().equals(Event.ADJUST)) {
            out.ascii(",\"delta\":").number(movement.delta());
        } else {
            out.ascii(",\"qty\":").number(-movement.delta());
        }
        expectedVersion(event, ",");
        cause(event.cause(), ",");
        out.ascii("},\"result\":");
        result(movement);
    }

    private void several(Event event) {
        out.ascii(",\"payload\":{");
        Hold hold = event.hold();
        if (hold != null) {
            holds.payload(event, hold);
        }
        String separator = expectedVersion(event, "") || hold != null ? "," : "";
        cause(event.cause(), separator);
        out.ascii("},\"movements\":[");
        Movements movements = event.movements();
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            out.ascii(i == 0 ? "{\"storeId\":\"" : ",{\"storeId\":\"")
                    .escaped(movement.key().storeId());
            out.ascii("\",\"sku\":\"").escaped(movement.key().sku()).ascii("\"");
            if (movement.delta() != 0) {
                out.ascii(",\"delta\":").number(movement.delta());
            }
            HoldChange change = movement.holds();
            if (change != null) {
                holds.movement(movement, change, hold);
            }
            out.ascii(",\"result\":");
            result(movement);
            out.ascii("}");
        }
        out.ascii("]");
    }

    private void result(Movement movement) {
        out.ascii("{\"qty\":").number(movement.qty());
        if (movement.held() != 0) {
            out.ascii(",\"held\":").number(movement.held());
        }
        out.ascii(",\"version\":").number(movement.version()).ascii("}");
    }

    private boolean expectedVersion(Event event, String separator) {
        Long expected = event.expectedVersion();
        if (expected != null) {
            out.ascii(separator).ascii("\"expectedVersion\":").number(expected);
        }
        return expected != null;
    }

    private void cause(Cause cause, String first) {
        if (cause.isBare()) {
            return;
        }
        String separator = first;
        separator = text(separator, "reason", cause.reason());
        separator = text(separator, "reference", cause.reference());
        separator = text(separator, "actor", cause.actor());
        Instant occurredAt = cause.occurredAt();
        if (occurredAt != null) {
            out.ascii(separator).ascii("\"occurredAt\":\"").timestamp(occurredAt.toEpochMilli());
            out.ascii("\"");
        }
    }

    private String text(String separator, String name, @Nullable String value) {
        if (value == null) {
            return separator;
        }
        out.ascii(separator)
                .ascii("\"")
                .ascii(name)
                .ascii("\":\"")
                .escaped(value)
                .ascii("\"");
        return ",";
    }

    /** Adds the line that stands for an event lost to damage. */
    void quarantined(long sequence) {
        int start = out.size();
        out.ascii("{\"sequence\":").number(sequence);
        out.ascii(",\"type\":\"").ascii(QUARANTINED).ascii("\"");
        out.seal(start);
    }

    /** Adds a line as it stands in another segment. */
    void verbatim(byte[] line) {
        out.line(line);
    }

    /** Adds the lines of another one. */
    void append(LineEncoder lines) {
        out.append(lines.out);
    }

    /** All lines added since the last {@link #clear}; valid until the next change. */
    ByteBuffer bytes() {
        return out.bytes();
    }

    void clear() {
        out.clear();
    }
}
