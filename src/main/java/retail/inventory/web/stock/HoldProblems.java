package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import retail.inventory.access.Operation;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.web.EntityTags;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestValues;
import retail.inventory.web.UtcTimes;

/** Why something was refused about a hold, and what helps. */
final class HoldProblems {

    private HoldProblems() {}

    /**
     * What was asked for.
     *
     * @param operation what is to become of it
     * @param lines how many SKUs it was about; null = all that the hold still has units of
     * @param ifMatch the version of the hold that was expected
     * @param made whether the service made the id
     */
    record Asked(
            String holdId,
            HoldOperation operation,
            @Nullable Integer lines,
            @Nullable Long ifMatch,
            boolean made) {}

    static ProblemException unknown(String holdId) {
        return new ProblemException(
                ProblemType.UNKNOWN_HOLD,
                "There is no hold " + holdId + ": it was never placed, or it is over and forgotten.",
                Map.of());
    }

    /** To whoever asks, holds of others are not there; but who wants to place one under the same id has to be told. */
    private static ProblemException taken() {
        return new ProblemException(
                ProblemType.FORBIDDEN,
                "Nothing was changed: this id is in use for a hold that this identity may not change. Choose another id.",
                Map.of());
    }

    /** The same, as far as it may be told. */
    static ProblemException of(Rejected rejected, Asked asked, @Nullable String logId, HttpServletRequest request) {
        ProblemException problem = of(rejected, asked, logId);
        if (problem.type() == ProblemType.FORBIDDEN) {
            RequestIdentity.refused(request, Operation.RESERVE, null);
        }
        return Untold.ofLines(problem, request);
    }

    /** Of a hold that was refused something. */
    static ProblemException of(Rejected rejected, Asked asked, @Nullable String logId) {
        Hold hold = rejected.hold();
        return switch (rejected.reason()) {
            case UNKNOWN_HOLD -> unknown(asked.holdId);
            case HOLD_OF_OTHERS -> asked.operation == HoldOperation.HOLD ? taken() : unknown(asked.holdId);
            case HOLD_CONFLICT ->
                about(
                        hold,
                        logId,
                        ProblemType.VERSION_CONFLICT,
                        conflict(asked, hold),
                        Map.of("currentVersion", hold == null ? 0 : hold.version()));
            case HOLD_CLOSED -> closed(requireNonNull(hold), logId);
            case HOLD_EXPIRED -> expired(rejected, asked, requireNonNull(hold), logId);
            case EXCEEDS_HOLD, VERSION_CONFLICT, INSUFFICIENT_STOCK, TOO_MANY_HOLDS -> ofLines(rejected, asked, logId);
            case TOO_MANY_ENDED ->
                new ProblemException(
                        ProblemType.OVERLOADED,
                        "Nothing was changed: more holds of its SKUs have ended than one change can write down. Try again in"
                                + " a moment.",
                        Map.of());
            case UNKNOWN_SKU, ABOVE_MAXIMUM -> throw new IllegalStateException("not about a hold: " + rejected);
        };
    }

    private static ProblemException ofLines(Rejected rejected, Asked asked, @Nullable String logId) {
        Hold hold = rejected.hold();
        return switch (rejected.reason()) {
            case EXCEEDS_HOLD ->
                about(
                        hold,
                        logId,
                        ProblemType.EXCEEDS_HOLD,
                        count(rejected.lines().size()) + " more than hold " + asked.holdId
                                + " has: ask for no more than held of it.",
                        Map.of("lines", each(rejected, HoldProblems::tellHeld)));
            case VERSION_CONFLICT ->
                about(
                        hold,
                        logId,
                        ProblemType.VERSION_CONFLICT,
                        share(rejected, asked, "of another version than expected")
                                + " Read their SKUs again, then decide again.",
                        Map.of("lines", each(rejected, HoldProblems::tellVersion)));
            case TOO_MANY_HOLDS ->
                about(
                        hold,
                        logId,
                        ProblemType.TOO_MANY_HOLDS,
                        share(rejected, asked, "held by " + Holds.COUNT_MAX + " holds already")
                                + " Release some of them, or try again when some have ended.",
                        Map.of("lines", each(rejected, (line, told) -> {})));
            default ->
                about(
                        hold,
                        logId,
                        ProblemType.INSUFFICIENT_STOCK,
                        share(rejected, asked, "short"),
                        Map.of("shortages", each(rejected, HoldProblems::tellShortage)));
        };
    }

    private static String conflict(Asked asked, @Nullable Hold hold) {
        if (hold == null) {
            return "A version of hold " + asked.holdId
                    + " was expected, but there is no such hold: leave out If-Match to" + " place it.";
        }
        String is = "hold " + hold.id() + " is at version " + hold.version();
        if (asked.made) {
            return "This Idempotency-Key has made a hold before: " + is + ". Take another key for another hold.";
        }
        if (asked.ifMatch == null || asked.ifMatch == 0) {
            return "The hold is there already: " + is + ". Leave out the precondition to change it.";
        }
        return (RequestValues.OF_ANOTHER_LOG.equals(asked.ifMatch)
                        ? "The entity tag is of another log, which was put back from a copy since; "
                        : "Version " + asked.ifMatch + " was expected, but ")
                + is + ": read it again, then decide again.";
    }

    private static ProblemException closed(Hold hold, @Nullable String logId) {
        return about(
                hold,
                logId,
                ProblemType.HOLD_CLOSED,
                "Hold " + hold.id() + " was " + hold.recorded().name().toLowerCase(Locale.ROOT)
                        + ", which is final: place another one under another id.",
                Map.of("state", hold.recorded()));
    }

    private static ProblemException expired(Rejected rejected, Asked asked, Hold hold, @Nullable String logId) {
        String detail = rejected.lines().isEmpty()
                ? "Hold " + hold.id() + " was placed on " + UtcTimes.text(hold.placed())
                        + ", and none lasts longer than " + Hold.LASTS_AT_MOST.toDays()
                        + " days: place another one under another id."
                : "Hold " + hold.id() + " has ended, and its units are not all there any more. "
                        + share(rejected, asked, "short") + " Try again when there are more.";
        return about(
                hold,
                logId,
                ProblemType.HOLD_EXPIRED,
                detail,
                Map.of("shortages", each(rejected, HoldProblems::tellShortage)));
    }

    /** How many of how many lines are so. */
    private static String share(Rejected rejected, Asked asked, String what) {
        Hold hold = rejected.hold();
        long all = asked.lines == null && hold != null
                ? hold.lines().stream().filter(line -> line.qty() > 0).count()
                : requireNonNull(asked.lines).longValue();
        int some = rejected.lines().size();
        return some + " of " + all + (all == 1 ? " line " : " lines ") + (some == 1 ? "is " : "are ") + what + ".";
    }

    private static String count(int lines) {
        return lines == 1 ? "1 line asks for" : lines + " lines ask for";
    }

    private static List<Map<String, Object>> each(
            Rejected rejected, BiConsumer<RejectedLine, Map<String, Object>> tell) {
        return rejected.lines().stream()
                .map(line -> {
                    Map<String, Object> told = new LinkedHashMap<>();
                    told.put("storeId", line.key().storeId());
                    told.put("sku", line.key().sku());
                    tell.accept(line, told);
                    return told;
                })
                .toList();
    }

    private static void tellShortage(RejectedLine line, Map<String, Object> told) {
        told.put("requested", -line.delta());
        told.put("available", line.available());
        if (line.current() == null) {
            told.put("unknown", true);
        }
    }

    private static void tellHeld(RejectedLine line, Map<String, Object> told) {
        told.put("requested", -line.delta());
        told.put("held", line.available());
    }

    private static void tellVersion(RejectedLine line, Map<String, Object> told) {
        InventoryRecord current = line.current();
        told.put("currentVersion", current == null ? 0 : current.version());
        told.put("currentQty", current == null ? 0 : current.qty());
    }

    private static ProblemException about(
            @Nullable Hold hold, @Nullable String logId, ProblemType type, String detail, Map<String, Object> members) {
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(EntityTags.of(hold == null ? 0 : hold.version(), logId));
        return new ProblemException(type, detail, members, headers);
    }
}
