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
            return new Event(
                    sequence,
                    eventId,
                    atMs,
                    type,
                    movements == null
                            ? formerMovement()
                            : Movements.of(movements.stream()
                                    .map(KeptMovement::movement)
                                    .toList()),
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

    /** A movement, flat. */
    record KeptMovement(String storeId, String sku, long delta, long qty, long version) {

        private static KeptMovement of(Movement movement) {
            return new KeptMovement(
                    movement.key().storeId(),
                    movement.key().sku(),
                    movement.delta(),
                    movement.qty(),
                    movement.version());
        }

        private Movement movement() {
            return new Movement(new StockKey(storeId, sku), delta, qty, version);
        }
    }
}
