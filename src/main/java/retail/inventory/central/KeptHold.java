package retail.inventory.central;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.StockKey;

/**
 * The hold of a letter's event, as the letter's file has it.
 *
 * @param endsMs absent when it has no end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptHold(
        String holdId,
        long version,
        String state,
        long placedMs,
        @Nullable Long endsMs,
        @Nullable String reference,
        List<KeptLine> lines,
        boolean late) {

    /** A SKU of it. */
    record KeptLine(String storeId, String sku, long requested, long qty, long confirmed) {

        private static KeptLine of(HoldLine line) {
            return new KeptLine(line.key().storeId(), line.key().sku(), line.requested(), line.qty(), line.confirmed());
        }

        private HoldLine line() {
            return new HoldLine(new StockKey(storeId, sku), requested, qty, confirmed);
        }
    }

    static @Nullable KeptHold of(@Nullable Hold hold) {
        return hold == null
                ? null
                : new KeptHold(
                        hold.id(),
                        hold.version(),
                        hold.recorded().name(),
                        hold.placed().toEpochMilli(),
                        hold.endsMs() == HeldUnits.NO_END ? null : hold.endsMs(),
                        hold.reference(),
                        hold.lines().stream().map(KeptLine::of).toList(),
                        hold.late());
    }

    Hold hold(Instant changed) {
        return new Hold(
                holdId,
                version,
                Hold.State.valueOf(state),
                Instant.ofEpochMilli(placedMs),
                endsMs == null ? HeldUnits.NO_END : endsMs,
                reference,
                lines.stream().map(KeptLine::line).toList(),
                changed,
                late);
    }
}
