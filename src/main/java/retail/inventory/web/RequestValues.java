package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Stock;
import retail.inventory.stock.Hold;
import retail.inventory.stock.StockKey;

/** Reads ids, parameters, preconditions and keys from a request; each that breaks its rule is a 400 that says which and how. */
public final class RequestValues {

    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");

    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 1000;

    /** Stands for the version of an entity tag of another log: no SKU ever has it. */
    public static final Long OF_ANOTHER_LOG = Long.MAX_VALUE;

    private RequestValues() {}

    /** The SKU that the query names. */
    public static String sku(HttpServletRequest request) {
        String sku = KnownParameters.value(request, "sku");
        if (sku == null) {
            throw ProblemException.invalid("sku", "sku must be sent: in the path, or in the query as ?sku=SKU123");
        }
        requireSku("sku", sku);
        RequestLog.about(request, sku);
        return sku;
    }

    public static void requireSku(String field, String sku) {
        String fault = StockKey.skuFault(sku);
        if (fault != null) {
            throw ProblemException.invalid(field, field + " " + fault);
        }
    }

    /**
     * Holds the rule for ids of stores.
     *
     * @param plain whether it was sent as it is
     */
    public static void requireStoreId(String storeId, boolean plain) {
        if (!StockKey.isStoreId(storeId)) {
            throw ProblemException.invalid("storeId", "storeId must be " + StockKey.STORE_ID_RULE);
        }
        if (!plain) {
            throw ProblemException.invalid("storeId", "storeId must be sent as it is, without percent-encoding");
        }
    }

    /**
     * Holds the rule for ids of holds.
     *
     * @param plain whether it was sent as it is
     */
    public static void requireHoldId(String holdId, boolean plain) {
        if (!Hold.isId(holdId)) {
            throw ProblemException.invalid("holdId", "holdId must be " + Hold.ID_RULE);
        }
        if (!plain) {
            throw ProblemException.invalid("holdId", "holdId must be sent as it is, without percent-encoding");
        }
    }

    /** How many items a page has at most. */
    public static int limit(HttpServletRequest request) {
        String text = KnownParameters.value(request, "limit");
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= LIMIT_MAX) {
            return Integer.parseInt(text);
        }
        throw ProblemException.invalid("limit", "limit must be a whole number from 1 to " + LIMIT_MAX);
    }

    /** The SKU a page begins behind; null when it begins with the first. */
    public static @Nullable String afterSku(HttpServletRequest request) {
        String after = KnownParameters.value(request, "after");
        String fault = after == null ? null : StockKey.skuFault(after);
        if (fault != null) {
            throw ProblemException.invalid(
                    "after", "after " + fault + ": send the SKU that the page before ended with, or leave it out");
        }
        return after;
    }

    /** A sequence of the log; null when there is none. */
    public static @Nullable Long sequence(HttpServletRequest request, String name) {
        String text = KnownParameters.value(request, name);
        return text == null ? null : sequence(name, text);
    }

    public static long sequence(String name, String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw ProblemException.invalid(name, name + " must be a sequence: a whole number of at least 0");
        }
        return Long.parseLong(text);
    }

    /** A place in the log; null when the request names none. */
    public static @Nullable LogPosition position(HttpServletRequest request, String name) {
        String text = KnownParameters.value(request, name);
        return text == null ? null : LogPosition.of(name, text);
    }

    /**
     * The place that a follower of events goes on after: {@code Last-Event-ID}, which some can only send as the parameter
     * {@code lastEventId}, else {@code after}; null when it names none. Before its first event a client may send an empty one.
     */
    public static @Nullable LogPosition lastEvent(HttpServletRequest request) {
        String header = single(request, "Last-Event-ID");
        LogPosition inQuery = position(request, "after");
        String polyfill = KnownParameters.value(request, "lastEventId");
        if (header != null && !header.isEmpty()) {
            return LogPosition.of("Last-Event-ID", header);
        }
        return polyfill != null && !polyfill.isEmpty() ? LogPosition.of("lastEventId", polyfill) : inQuery;
    }

    /**
     * The version the client expects, by {@code If-Match} or by the body's member; null when it names none.
     *
     * @param stock knows which log it is, and whether the request is one that was answered before
     */
    public static @Nullable Long expectedVersion(HttpServletRequest request, @Nullable Long inBody, Stock stock) {
        if (inBody != null && inBody < 0) {
            throw ProblemException.invalid("expectedVersion", "expectedVersion must be an integer of at least 0");
        }
        if (request.getHeader("If-None-Match") != null) {
            throw ProblemException.invalid(
                    "If-None-Match", "If-None-Match is for reading; to create only, send \"expectedVersion\": 0");
        }
        Long inHeader = ifMatch(request, stock);
        if (inHeader == null || inBody == null || inHeader.equals(inBody) || inHeader.equals(OF_ANOTHER_LOG)) {
            return inHeader == null ? inBody : inHeader;
        }
        throw ProblemException.invalid(
                "If-Match", "If-Match and expectedVersion name two versions: send one of them, or the same in both");
    }

    /**
     * The version that {@code If-Match} names, {@link #OF_ANOTHER_LOG} when it is not one of this log; null when there is none.
     *
     * @param stock knows which log it is, and whether the request is one that was answered before
     */
    public static @Nullable Long ifMatch(HttpServletRequest request, Stock stock) {
        String ifMatch = single(request, "If-Match");
        if (ifMatch == null) {
            return null;
        }
        LogPosition tag = EntityTags.version(ifMatch);
        if (tag == null) {
            throw ProblemException.invalid(
                    "If-Match", "If-Match must be one version in double quotes, as the ETag has it, for example \"7\"");
        }
        String logId = stock.logId();
        if ((logId == null ? tag.log() != null : !tag.isIn(logId)) && !isRepeated(request, stock)) {
            return OF_ANOTHER_LOG;
        }
        return tag.sequence();
    }

    /** Whether the client wants to make what is not there yet: {@code If-None-Match: *}. */
    public static boolean ifAbsent(HttpServletRequest request) {
        String ifNoneMatch = single(request, "If-None-Match");
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw ProblemException.invalid(
                    "If-None-Match", "If-None-Match must be *: change only what is not there yet");
        }
        return ifNoneMatch != null;
    }

    /** Refuses preconditions where there are none: one that is ignored is worse than none. */
    public static void requireNoCondition(HttpServletRequest request) {
        for (String name : List.of("If-Match", "If-None-Match")) {
            if (request.getHeader(name) != null) {
                throw ProblemException.invalid(name, name + " is not taken here: leave it out");
            }
        }
    }

    /** Whether it is answered as it was before, on whatever state that was. */
    private static boolean isRepeated(HttpServletRequest request, Stock stock) {
        String key = idempotencyKey(request);
        return key != null && stock.hasAnswered(key);
    }

    /** The key, of the identity that sends it: two may choose the same. */
    public static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = single(request, "Idempotency-Key");
        if (key != null && !IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "Idempotency-Key", "Idempotency-Key must be 1 to 255 visible ASCII characters without spaces");
        }
        return key == null ? null : RequestIdentity.scoped(key, request);
    }

    /** A header that may come once; a second line of it would leave open which one counts. */
    private static @Nullable String single(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw ProblemException.invalid(name, name + " must not be sent twice");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
