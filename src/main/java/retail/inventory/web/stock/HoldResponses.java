package retail.inventory.web.stock;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldNow;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.StockKey;
import retail.inventory.web.UtcTimes;

/** The bodies of answers about holds; what there is none of is left out. */
final class HoldResponses {

    private HoldResponses() {}

    /**
     * A hold, and the event that made it so when there was one.
     *
     * @param expiresAt when it ends; null = never
     * @param reference what it is for
     * @param late true when units of it were taken after its end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldResponse(
            String holdId,
            Hold.State state,
            @Nullable String expiresAt,
            @Nullable String reference,
            long version,
            List<LineResponse> lines,
            @Nullable Boolean late,
            @Nullable UUID eventId,
            @Nullable Long sequence) {

        static HoldResponse of(HoldNow now) {
            return of(now.hold(), now.state(), null, null);
        }

        /** Of one that is as it was asked for without an event. */
        static HoldResponse of(Hold hold) {
            return of(hold, hold.recorded(), null, null);
        }

        static HoldResponse of(Hold hold, Answer.Accepted answer) {
            return of(hold, hold.recorded(), answer.eventId(), answer.sequence());
        }

        private static HoldResponse of(Hold hold, Hold.State state, @Nullable UUID eventId, @Nullable Long sequence) {
            return new HoldResponse(
                    hold.id(),
                    state,
                    text(hold.ends()),
                    hold.reference(),
                    hold.version(),
                    hold.lines().stream().map(LineResponse::of).toList(),
                    hold.late() ? true : null,
                    eventId,
                    sequence);
        }
    }

    /** One SKU of a hold. */
    record LineResponse(String storeId, String sku, long requested, long qty, long confirmed) {

        static LineResponse of(HoldLine line) {
            return new LineResponse(
                    line.key().storeId(), line.key().sku(), line.requested(), line.qty(), line.confirmed());
        }
    }

    /**
     * Some holds.
     *
     * @param next what to send as {@code after} for the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldsResponse(List<HoldResponse> holds, @Nullable String next) {}

    /** What a hold has of a SKU. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HeldUnitsResponse(
            String holdId, long qty, @Nullable String expiresAt) {

        static HeldUnitsResponse of(HeldUnits units) {
            return new HeldUnitsResponse(units.holdId(), units.qty(), text(units.ends()));
        }
    }

    /** Open holds of a SKU, the first to end first; {@code next} as above. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldsOfSkuResponse(
            String storeId,
            String sku,
            List<HeldUnitsResponse> holds,
            @Nullable String next) {

        static HoldsOfSkuResponse of(StockKey key, List<HeldUnits> page, @Nullable String next) {
            return new HoldsOfSkuResponse(
                    key.storeId(),
                    key.sku(),
                    page.stream().map(HeldUnitsResponse::of).toList(),
                    next);
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : UtcTimes.text(instant);
    }
}
