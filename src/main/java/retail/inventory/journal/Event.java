package retail.inventory.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.OnlyOwn;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;

/**
 * What one accepted command did, as the log keeps it: in all its parts or not at all. Its type says why; what is so
 * afterwards is in its movements. It is open for types that a later version writes, so that they can be told of.
 *
 * @param sequence its place in the log, 1, 2, 3, …; {@link #NOT_YET} before the log has given it one
 * @param eventId unique in the log
 * @param atMs when it was decided, milliseconds since 1970-01-01 UTC
 * @param type what happened: {@link #ADJUST}, {@link #RESERVE}, {@link #HOLD},
 *     {@link #CONFIRM}, {@link #RELEASE}, {@link #EXPIRE}, or one this version does not know
 * @param movements what it did to each SKU
 * @param hold its hold after it; null when it is about none
 * @param expectedVersion the version its command asked for, when it did
 * @param cause who wanted it, and why
 * @param request the idempotency key it answers and the hash of the request, when it had one
 * @param traceId the trace of the request, when it had one: {@link #isTraceId}
 */
public record Event(
        long sequence,
        UUID eventId,
        long atMs,
        String type,
        Movements movements,
        @Nullable Hold hold,
        @Nullable Long expectedVersion,
        Cause cause,
        @Nullable KeyedRequest request,
        @Nullable String traceId) {

    /** The sequence of an event that is not in the log yet. */
    public static final long NOT_YET = 0;

    /** The type of a corrected stock. */
    public static final String ADJUST = "ADJUST";

    /** The type of a reservation. */
    public static final String RESERVE = "RESERVE";

    /** The type of a hold that was placed, changed, extended, or whose units were asked for again. */
    public static final String HOLD = "HOLD";

    /** The type of units of a hold that were taken. */
    public static final String CONFIRM = "CONFIRM";

    /** The type of units of a hold that were given back. */
    public static final String RELEASE = "RELEASE";

    /** The type of a hold whose end was written down. */
    public static final String EXPIRE = "EXPIRE";

    private static final int TRACE_ID_LENGTH = 32;

    /** An event as the log keeps it. */
    public Event {
        if (traceId != null && !isTraceId(traceId)) {
            throw new IllegalArgumentException("not a trace id: " + traceId);
        }
    }

    /** About no hold. */
    public Event(
            long sequence,
            UUID eventId,
            long atMs,
            String type,
            Movements movements,
            @Nullable Long expectedVersion,
            Cause cause,
            @Nullable KeyedRequest request,
            @Nullable String traceId) {
        this(sequence, eventId, atMs, type, movements, null, expectedVersion, cause, request, traceId);
    }

    /** Whether a text is a trace id of W3C Trace Context: 32 digits of lower-case hex that are not all 0. */
    public static boolean isTraceId(String text) {
        if (text.length() != TRACE_ID_LENGTH) {
            return false;
        }
        boolean anyBit = false;
        for (int i = 0; i < TRACE_ID_LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
            anyBit |= c != '0';
        }
        return anyBit;
    }

    /**
     * The request an event answers.
     *
     * @param key the caller's idempotency key
     * @param fingerprint a hash of what was asked, to tell a repetition from another request with the same key
     */
    public record KeyedRequest(String key, String fingerprint) {}

    /** The event of an accepted command, not yet in the log. */
    public static Event of(
            Command command, Accepted accepted, @Nullable KeyedRequest request, @Nullable String traceId) {
        return new Event(
                NOT_YET,
                command.id(),
                command.at().toEpochMilli(),
                type(command),
                accepted.movements(),
                accepted.hold(),
                command instanceof Command.OfOneSku one ? one.expectedVersion() : null,
                command.cause(),
                request,
                traceId);
    }

    /** The type of the event that a command leads to. It is kept for ever, so it outlives the names of classes. */
    public static String type(Command command) {
        return switch (command) {
            case Adjust adjust -> ADJUST;
            case Reserve reserve -> RESERVE;
            case ReserveAll all -> RESERVE;
            case OnlyOwn own -> type(own.wish());
            case PlaceHold place -> HOLD;
            case ExtendHold extend -> HOLD;
            case ConfirmHold confirm -> CONFIRM;
            case ReleaseHold release -> RELEASE;
            case ExpireHold expire -> EXPIRE;
        };
    }

    /**
     * Lets only events of types pass that this version knows the meaning of.
     *
     * @throws IllegalArgumentException for any other
     */
    public void requireKnownType() {
        if (!type.equals(ADJUST) && !type.equals(RESERVE) && hold == null) {
            throw new IllegalArgumentException("unknown event type " + type);
        }
    }

    /** When it was decided. */
    public Instant at() {
        return Instant.ofEpochMilli(atMs);
    }

    /** This event at its place in the log. */
    public Event at(long place) {
        return new Event(place, eventId, atMs, type, movements, hold, expectedVersion, cause, request, traceId);
    }

    /**
     * The one movement of an event about one SKU.
     *
     * @throws IllegalStateException when it is about several
     */
    public Movement movement() {
        if (movements instanceof Movement one) {
            return one;
        }
        throw new IllegalStateException("event " + sequence + " is about " + movements.size() + " SKUs");
    }
}
