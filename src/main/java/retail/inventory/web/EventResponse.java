package retail.inventory.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;

/**
 * An event as clients see it: one form for every type, one item however many SKUs it is about.
 *
 * @param sequence its place in the log
 * @param ts when it was decided
 * @param type what happened
 * @param movements what it did to each SKU, and what is so after it
 * @param expectedVersion the version its command asked for, when it did
 * @param by whoever was allowed to
 * @param reason why, in a word of the caller's
 * @param reference an order, a document
 * @param actor whoever the caller says it was
 * @param occurredAt when it happened, by the caller's clock
 * @param traceId the trace of the request that made it, when it had one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventResponse(
        long sequence,
        UUID eventId,
        String ts,
        String type,
        List<MovementResponse> movements,
        @Nullable Long expectedVersion,
        String by,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String actor,
        @Nullable String occurredAt,
        @Nullable String traceId) {

    /**
     * What an event did to a SKU.
     *
     * @param delta the change in units, negative for those taken away
     * @param qty units on hand after it
     * @param version the SKU's version after it
     */
    public record MovementResponse(String storeId, String sku, long delta, long qty, long version) {

        private static MovementResponse of(Movement movement) {
            return new MovementResponse(
                    movement.key().storeId(),
                    movement.key().sku(),
                    movement.delta(),
                    movement.qty(),
                    movement.version());
        }
    }

    /** An event of the log. */
    public static EventResponse of(Event event) {
        Cause cause = event.cause();
        Instant occurredAt = cause.occurredAt();
        return new EventResponse(
                event.sequence(),
                event.eventId(),
                UtcTimes.text(event.atMs()),
                event.type(),
                movements(event.movements()),
                event.expectedVersion(),
                cause.by(),
                cause.reason(),
                cause.reference(),
                cause.actor(),
                occurredAt == null ? null : UtcTimes.text(occurredAt),
                event.traceId());
    }

    private static List<MovementResponse> movements(Movements movements) {
        List<MovementResponse> all = new ArrayList<>(movements.size());
        for (int i = 0; i < movements.size(); i++) {
            all.add(MovementResponse.of(movements.get(i)));
        }
        return all;
    }
}
