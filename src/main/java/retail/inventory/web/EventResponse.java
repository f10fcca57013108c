package retail.inventory.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;

/**
 * An event as clients see it: one form for every type, one item however many SKUs it is about.
 *
 * @param sequence its place in the log
 * @param ts when it was decided
 * @param type what happened
 * @param holdId the hold it is about; null, like what follows on holds, when it is about none
 * @param holdVersion how many events the hold has had
 * @param state where the hold stands after it
 * @param expiresAt when the hold ends, or ended; null = never
 * @param late true when units of the hold were taken after its end
 * @param movements what it did to each SKU that is shown, and what is so after it
 * @param expectedVersion the version its command asked for, when it did
 * @param by whoever was allowed to; null when that is not shown
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
        @Nullable String holdId,
        @Nullable Long holdVersion,
        @Nullable String state,
        @Nullable String expiresAt,
        @Nullable Boolean late,
        List<MovementResponse> movements,
        @Nullable Long expectedVersion,
        @Nullable String by,
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
     * @param held units set aside after it
     * @param available units that could be taken at the instant of the event
     * @param version the SKU's version after it
     * @param hold units that the event's hold has set aside after it; null when the event is not about the hold's units of this SKU
     * @param lapsed holds that had ended and were dropped; null when there were none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MovementResponse(
            String storeId,
            String sku,
            long delta,
            long qty,
            long held,
            long available,
            long version,
            @Nullable Long hold,
            @Nullable List<String> lapsed) {

        private static MovementResponse of(Movement movement) {
            HoldChange change = movement.holds();
            HeldUnits own = change == null ? null : change.own();
            return new MovementResponse(
                    movement.key().storeId(),
                    movement.key().sku(),
                    movement.delta(),
                    movement.qty(),
                    movement.held(),
                    movement.available(),
                    movement.version(),
                    own == null ? null : own.qty(),
                    change == null || change.lapsed().isEmpty() ? null : change.lapsed());
        }
    }

    /** An event of the log. */
    public static EventResponse of(Event event) {
        return of(event, movements(event.movements(), store -> true), true);
    }

    /**
     * What shows of an event in some stores: all that it says of itself, and what it did there.
     *
     * @param by whether it is told who was allowed to
     * @return null when it did nothing in any of them
     */
    public static @Nullable EventResponse of(Event event, Predicate<String> stores, boolean by) {
        List<MovementResponse> shown = movements(event.movements(), stores);
        return shown.isEmpty() ? null : of(event, shown, by);
    }

    private static EventResponse of(Event event, List<MovementResponse> movements, boolean by) {
        Cause cause = event.cause();
        Instant occurredAt = cause.occurredAt();
        Hold hold = event.hold();
        Instant ends = hold == null ? null : hold.ends();
        return new EventResponse(
                event.sequence(),
                event.eventId(),
                UtcTimes.text(event.atMs()),
                event.type(),
                hold == null ? null : hold.id(),
                hold == null ? null : hold.version(),
                hold == null ? null : hold.recorded().name(),
                ends == null ? null : UtcTimes.text(ends),
                (hold != null && hold.late()) ? true : null,
                movements,
                event.expectedVersion(),
                by ? cause.by() : null,
                cause.reason(),
                cause.reference(),
                cause.actor(),
                occurredAt == null ? null : UtcTimes.text(occurredAt),
                event.traceId());
    }

    private static List<MovementResponse> movements(Movements movements, Predicate<String> stores) {
        List<MovementResponse> shown = List.of();
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            if (stores.test(movement.key().storeId())) {
                if (shown.isEmpty()) {
                    shown = new ArrayList<>(movements.size()); // not for each of many that are not shown
                }
                shown.add(MovementResponse.of(movement));
            }
        }
        return shown;
    }
}
