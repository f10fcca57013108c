package retail.inventory.web.stock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestValues;
import retail.inventory.web.WholeNumber;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The bodies of requests about holds. */
final class HoldRequests {

    private static final String LINES = "lines";

    private HoldRequests() {}

    /** Units of a SKU that are asked for. */
    record LineRequest(
            @Nullable String storeId,
            @Nullable String sku,

            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long qty,

            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long expectedVersion) {}

    /** Units of a SKU of a hold. */
    record PartRequest(
            @Nullable String storeId,
            @Nullable String sku,

            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long qty) {}

    /**
     * The body of a placement.
     *
     * @param lines what is to be set aside; required
     * @param ttlSeconds how long
     * @param ifShort whether less will do
     */
    record PlaceRequest(
            @Nullable List<@Nullable LineRequest> lines,
            @Nullable TtlSeconds ttlSeconds,
            @Nullable String ifShort,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor) {

        List<Line> requiredLines() {
            if (lines == null) {
                throw ProblemException.invalid(LINES, "lines must be sent: what is to be set aside");
            }
            List<Line> all = new ArrayList<>(lines.size());
            for (LineRequest line : lines) {
                String name = nameOf(all);
                if (line == null) {
                    throw ProblemException.invalid(name, name + " must be a JSON object");
                }
                all.add(line(name, line.storeId, line.sku, line.qty, line.expectedVersion));
            }
            return summed(all);
        }

        boolean isPartial() {
            if (ifShort != null && !ifShort.equals("refuse") && !ifShort.equals("partial")) {
                throw ProblemException.invalid("ifShort", "ifShort must be refuse or partial");
            }
            return "partial".equals(ifShort);
        }

        Cause cause() {
            return ToldCause.of(reason, reference, actor, null);
        }
    }

    /**
     * The body of a confirm.
     *
     * @param lines which units; null = all
     * @param releaseRest whether the others are given back
     */
    record ConfirmRequest(
            @Nullable List<@Nullable PartRequest> lines,
            @Nullable Boolean releaseRest,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor,
            @Nullable String occurredAt) {

        Cause cause() {
            return ToldCause.of(reason, reference, actor, occurredAt);
        }
    }

    /**
     * The body of a release.
     *
     * @param lines which units; null = all
     */
    record ReleaseRequest(
            @Nullable List<@Nullable PartRequest> lines,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor) {

        Cause cause() {
            return ToldCause.of(reason, reference, actor, null);
        }
    }

    /**
     * The body of an extension.
     *
     * @param ttlSeconds how long from now
     */
    record ExtendRequest(
            @Nullable TtlSeconds ttlSeconds,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor) {

        Cause cause() {
            return ToldCause.of(reason, reference, actor, null);
        }
    }

    /** Units of a hold; null when all are meant. */
    static @Nullable List<Line> part(@Nullable List<@Nullable PartRequest> lines) {
        if (lines == null) {
            return null;
        }
        List<Line> all = new ArrayList<>(lines.size());
        for (PartRequest line : lines) {
            String name = nameOf(all);
            if (line == null) {
                throw ProblemException.invalid(name, name + " must be a JSON object");
            }
            all.add(line(name, line.storeId, line.sku, line.qty, null));
        }
        return summed(all);
    }

    /** Of the next line. */
    private static String nameOf(List<Line> before) {
        return LINES + "[" + before.size() + "]";
    }

    private static Line line(
            String name,
            @Nullable String storeId,
            @Nullable String sku,
            @Nullable Long qty,
            @Nullable Long expectedVersion) {
        if (storeId == null || !StockKey.isStoreId(storeId)) {
            throw ProblemException.invalid(name + ".storeId", name + ".storeId must be " + StockKey.STORE_ID_RULE);
        }
        if (sku == null) {
            throw ProblemException.invalid(name + ".sku", name + ".sku must be sent");
        }
        RequestValues.requireSku(name + ".sku", sku);
        if (qty == null || qty < 1 || qty > InventoryRecord.QTY_MAX) {
            throw ProblemException.invalid(
                    name + ".qty", name + ".qty must be an integer from 1 to " + InventoryRecord.QTY_MAX);
        }
        if (expectedVersion != null && expectedVersion < 0) {
            throw ProblemException.invalid(
                    name + ".expectedVersion", name + ".expectedVersion must be an integer of at least 0");
        }
        return new Line(new StockKey(storeId, sku), qty, expectedVersion);
    }

    /** Those of the same SKU added up, in order. */
    private static List<Line> summed(List<Line> all) {
        if (all.isEmpty() || all.size() > Line.COUNT_MAX) {
            throw ProblemException.invalid(LINES, "lines must be 1 to " + Line.COUNT_MAX + " lines, not " + all.size());
        }
        try {
            return Line.summed(all);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(LINES, "lines of one SKU are added up: " + e.getMessage());
        }
    }
}
