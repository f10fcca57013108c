package retail.inventory.web.stock;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.access.Operation;
import retail.inventory.service.HoldNow;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.web.KnownParameters;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestValues;
import retail.inventory.web.stock.HoldResponses.HoldResponse;
import retail.inventory.web.stock.HoldResponses.HoldsOfSkuResponse;
import retail.inventory.web.stock.HoldResponses.HoldsResponse;

/** Lists of holds: by what they are for, by their end, and by SKU. */
record HoldPages(Stock stock) {

    private static final String REFERENCE = "reference";
    private static final String EXPIRING_WITHIN = "expiringWithin";
    private static final String AFTER = "after";

    /** What a list of holds may be asked for by. */
    static final List<String> PARAMETERS = List.of(REFERENCE, EXPIRING_WITHIN, "limit", AFTER);

    /** Where a page of a SKU's holds ended: the end of its last hold, which may be over by now, and the id. */
    private static final Pattern POSITION =
            Pattern.compile("(never|[0-9]{1,15})\\.(" + "[A-Za-z0-9][A-Za-z0-9._-]{0,63})");

    private static final String NEVER = "never";

    /** Among so many that end first, of all stores, are those that somebody is shown who may not read all. */
    private static final int ENDING_LOOKED_AT = 1000;

    /** Those that are for something, or those that end soon. */
    HoldsResponse list(HttpServletRequest request) {
        String reference = KnownParameters.value(request, REFERENCE);
        String within = KnownParameters.value(request, EXPIRING_WITHIN);
        if ((reference == null) == (within == null)) {
            throw ProblemException.invalid(REFERENCE, "exactly one of reference and expiringWithin must be sent");
        }
        int limit = RequestValues.limit(request);
        String after = KnownParameters.value(request, AFTER);
        if (reference == null) {
            return ending(String.valueOf(within), after, limit, request);
        }
        if (!Cause.isReference(reference)) {
            throw ProblemException.invalid(REFERENCE, "reference must be " + Cause.REFERENCE_RULE);
        }
        if (after != null && !Hold.isId(after)) {
            throw ProblemException.invalid(
                    AFTER, "after must be the id of a hold: the next of the page before, or leave it out");
        }
        List<HoldNow> found = stock.holdsWith(reference, after, seesAll(request) ? limit : Integer.MAX_VALUE);
        List<HoldNow> page = readable(found, limit, request);
        return response(page, page.size() < limit ? null : page.getLast().hold().id());
    }

    private HoldsResponse ending(String within, @Nullable String after, int limit, HttpServletRequest request) {
        long most = Hold.LASTS_AT_MOST.toSeconds();
        if (!within.matches("[1-9][0-9]{0,6}") || Long.parseLong(within) > most) {
            throw ProblemException.invalid(EXPIRING_WITHIN, "expiringWithin must be 1 to " + most + " whole seconds");
        }
        if (after != null) {
            throw ProblemException.invalid(AFTER, "after goes with reference, not with expiringWithin");
        }
        int of = seesAll(request) ? limit : ENDING_LOOKED_AT;
        List<HoldNow> found = stock.holdsEnding(Duration.ofSeconds(Long.parseLong(within)), of);
        return response(readable(found, limit, request), null);
    }

    private static boolean seesAll(HttpServletRequest request) {
        return RequestIdentity.of(request).grants().mayEverywhere(Operation.READ);
    }

    /** Those that are all in stores of the identity. Others do not count, nor lead on: their ids are not told. */
    private static List<HoldNow> readable(List<HoldNow> found, int limit, HttpServletRequest request) {
        return found.stream()
                .filter(now -> HoldAccess.may(Operation.READ, now.hold(), request))
                .limit(limit)
                .toList();
    }

    private static HoldsResponse response(List<HoldNow> page, @Nullable String next) {
        return new HoldsResponse(page.stream().map(HoldResponse::of).toList(), next);
    }

    /** The open holds of a SKU, the first to end first. */
    HoldsOfSkuResponse ofSku(StockKey key, HttpServletRequest request) {
        int limit = RequestValues.limit(request);
        HeldUnits after = position(KnownParameters.value(request, AFTER));
        InventoryRecord record = stock.find(key);
        if (record == null) {
            throw StockAnswers.unknown(key);
        }
        Instant now = stock.now();
        List<HeldUnits> page = record.holds().all().stream()
                .filter(units -> units.isLive(now) && (after == null || isBehind(units, after)))
                .limit(limit)
                .toList();
        return HoldsOfSkuResponse.of(key, page, page.size() < limit ? null : text(page.getLast()));
    }

    private static boolean isBehind(HeldUnits units, HeldUnits after) {
        int byEnd = Long.compare(units.endsMs(), after.endsMs());
        return byEnd > 0 || (byEnd == 0 && units.holdId().compareTo(after.holdId()) > 0);
    }

    private static String text(HeldUnits last) {
        return (last.ends() == null ? NEVER : Long.toString(last.endsMs())) + "." + last.holdId();
    }

    private static @Nullable HeldUnits position(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher position = POSITION.matcher(text);
        if (!position.matches()) {
            throw ProblemException.invalid(AFTER, "after must be the next of the page before, or leave it out");
        }
        String end = position.group(1);
        return new HeldUnits(position.group(2), 0, end.equals(NEVER) ? HeldUnits.NO_END : Long.parseLong(end));
    }
}
