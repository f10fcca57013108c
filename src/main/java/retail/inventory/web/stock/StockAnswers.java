package retail.inventory.web.stock;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import retail.inventory.service.Answer;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.EntityTags;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.RequestValues;

/** From what the service says to what the client gets. */
final class StockAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(StockAnswers.class);

    private StockAnswers() {}

    /**
     * The answer, when the change was accepted.
     *
     * @param delta what was asked for, negative for a reserve
     * @param logId the log it is in
     * @throws ProblemException when it was not
     */
    static Answer.Accepted accepted(
            StockKey key, long delta, @Nullable Long expectedVersion, Answer answer, @Nullable String logId) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                if (LOG.isDebugEnabled()) {
                    logged(key, delta, accepted);
                }
                yield accepted;
            }
            case Answer.Already already -> throw new IllegalStateException("about a hold: " + already);
            case Answer.KeyReused reused -> throw keyReused();
            case Answer.Refused refused -> throw rejected(key, delta, expectedVersion, refused.rejection(), logId);
        };
    }

    private static void logged(StockKey key, long delta, Answer.Accepted accepted) {
        LOG.debug(
                "Accepted: store {}, SKU {}, {} units, version {}, sequence {}{}",
                value("storeId", key.storeId()),
                value("sku", key.sku()),
                value("delta", delta),
                value("version", accepted.record().version()),
                value("sequence", accepted.sequence()),
                accepted.replayed() ? ", answered before" : "");
    }

    static ProblemException keyReused() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key belongs to another request: send this one with a key of its own.",
                Map.of());
    }

    static ProblemException unknown(StockKey key) {
        return new ProblemException(
                ProblemType.UNKNOWN_SKU,
                "Store " + key.storeId() + " has no SKU " + key.sku() + ": a first delivery (adjust with a positive"
                        + " delta) creates it.",
                Map.of());
    }

    private static ProblemException rejected(
            StockKey key, long delta, @Nullable Long expectedVersion, Rejected rejected, @Nullable String logId) {
        InventoryRecord current = rejected.current();
        long version = current == null ? 0 : current.version();
        long qty = current == null ? 0 : current.qty();
        long available = rejected.lines().getFirst().available();
        return switch (rejected.reason()) {
            case UNKNOWN_SKU -> unknown(key);
            case VERSION_CONFLICT ->
                conflict(
                        ProblemType.VERSION_CONFLICT,
                        (RequestValues.OF_ANOTHER_LOG.equals(expectedVersion)
                                        ? "The entity tag is of another log, which was put back from a copy since; the SKU"
                                                + " is at version " + version
                                        : "Version " + expectedVersion + " was expected, but the SKU is at version "
                                                + version)
                                + ": read it again, then decide again.",
                        EntityTags.of(version, logId),
                        Map.of("currentVersion", version, "currentQty", qty));
            case INSUFFICIENT_STOCK ->
                conflict(
                        ProblemType.INSUFFICIENT_STOCK,
                        "Only " + available + " available; " + -delta + " requested.",
                        EntityTags.of(version, logId),
                        Map.of("currentVersion", version, "available", available, "requested", -delta));
            case ABOVE_MAXIMUM ->
                conflict(
                        ProblemType.ABOVE_MAXIMUM,
                        qty + " are there; with " + delta + " more it would be more than " + InventoryRecord.QTY_MAX
                                + ".",
                        EntityTags.of(version, logId),
                        Map.of("currentVersion", version, "currentQty", qty));
            case UNKNOWN_HOLD,
                    HOLD_OF_OTHERS,
                    HOLD_CONFLICT,
                    HOLD_CLOSED,
                    HOLD_EXPIRED,
                    EXCEEDS_HOLD,
                    TOO_MANY_HOLDS,
                    TOO_MANY_ENDED -> throw new IllegalStateException("about a hold: " + rejected);
        };
    }

    private static ProblemException conflict(ProblemType type, String detail, String tag, Map<String, Object> members) {
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(tag);
        return new ProblemException(type, detail, members, headers);
    }
}
