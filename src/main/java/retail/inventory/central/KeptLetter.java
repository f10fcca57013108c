package retail.inventory.central;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** A letter as its file has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptLetter(
        long id,
        String at,
        String reason,
        KeptEvent event,
        @Nullable String place,
        @Nullable String text) {

    static KeptLetter of(Letter letter) {
        return new KeptLetter(
                letter.id(), letter.at(), letter.reason(), KeptEvent.of(letter.event()), letter.place(), letter.text());
    }

    Letter letter() {
        return new Letter(id, at, reason, event.event(), place, text);
    }

    /**
     * What was understood of an event. One of an earlier version has its SKU's members in place of movements: {@code
     * storeId}, {@code sku}, {@code amount} (of a reserve what it took), {@code resultQty} and {@code resultVersion}.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptEvent(
            long sequence,
            UUID eventId,
            long atMs,
            String type,
            @Nullable KeptHold hold,
            @Nullable List<KeptMovement> movements,
            @Nullable String storeId,
            @Nullable String sku,
            long amount,
            long resultQty,
            long resultVersion,
            @Nullable Long expectedVersion,
            @Nullable String by,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor,
            @Nullable Instant occurredAt,
            Event.@Nullable KeyedRequest request,
            @Nullable String traceId) {

        private static KeptEvent of(Event event) {
            List<KeptMovement> movements = new ArrayList<>();
            for (int i = 0; i < event.movements().size(); i++) {
                movements.add(KeptMovement.of(event.movements().get(i)));
            }
            Cause cause = event.cause();
            return new KeptEvent(
                    event.sequence(),
                    event.eventId(),
                    event.atMs(),
                    event.type(),
                    KeptHold.of(event.hold()),
                    movements,
                    null,
                    null,
                    0,
                    0,
                    0,
                    event.expectedVersion(),
                    cause.by(),
                    cause.reason(),
                    cause.reference(),
                    cause.actor(),
                    cause.occurredAt(),
                    event.request(),
                    event.traceId());
        }

        private Event event() {
            Hold about = hold == null ? null : hold.hold(Instant.ofEpochMilli(atMs));
            return new Event(
                    sequence,
                    eventId,
                    atMs,
                    type,
                    movements == null
                            ? formerMovement()
                            : Movements.of(movements.stream()
                                    .map(movement -> movement.movement(about))
                                    .toList()),
                    about,
                    expectedVersion,
                    new Cause(by == null ? Cause.LOCAL : by, reason, reference, actor, occurredAt),
                    request,
                    traceId);
        }

        private Movement formerMovement() {
            StockKey key = new StockKey(String.valueOf(storeId), String.valueOf(sku));
            return new Movement(key, type.equals(Event.RESERVE) ? -amount : amount, resultQty, resultVersion);
        }
    }

    /**
     * A movement, flat.
     *
     * @param held units set aside after it; like what follows it null in letters that have nothing to say of holds
     * @param hold units that the event's hold has after it
     * @param lapsed the holds that had ended and were dropped
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptMovement(
            String storeId,
            String sku,
            long delta,
            long qty,
            long version,
            @Nullable Long held,
            @Nullable Long hold,
            @Nullable List<String> lapsed) {

        private static KeptMovement of(Movement movement) {
            HoldChange change = movement.holds();
            HeldUnits own = change == null ? null : change.own();
            return new KeptMovement(
                    movement.key().storeId(),
                    movement.key().sku(),
                    movement.delta(),
                    movement.qty(),
                    movement.version(),
                    change == null ? null : change.held(),
                    own == null ? null : own.qty(),
                    change == null ? null : change.lapsed());
        }

        private Movement movement(@Nullable Hold about) {
            StockKey key = new StockKey(storeId, sku);
            if (held == null) {
                return new Movement(key, delta, qty, version);
            }
            HeldUnits own = about == null || hold == null ? null : new HeldUnits(about.id(), hold, about.endsMs());
            return new Movement(
                    key, delta, qty, version, new HoldChange(held, own, lapsed == null ? List.of() : lapsed));
        }
    }
}
