package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path says about stock, be it right or wrong: of which store and SKU, and what is to be done. A SKU may also be named in
 * the query, for proxies that do not let {@code %2F} through; then it is not known here.
 *
 * @param storeId as it stands in the path, decoded
 * @param hasPlainStoreId whether the id of the store came without percent-encoding
 * @param sku null when the path has none
 * @param legacy whether it stands behind {@code /api/inventory}
 */
public record StockRoute(
        Action action,
        String storeId,
        boolean hasPlainStoreId,
        @Nullable String sku,
        boolean legacy) {

    static final String LEGACY = "/api/inventory";

    private static final String STORES = "/stores/";
    private static final String INVENTORY = "/inventory";

    /** What is to be done. */
    public enum Action {
        /** Some records of the store; or one, when the query names its SKU. */
        PAGE("", "GET"),
        READ("/{sku}", "GET"),
        /** The open holds of a SKU. */
        HOLDS("/{sku}/holds", "GET"),
        ADJUST("/{sku}/adjust", "POST"),
        RESERVE("/{sku}/reserve", "POST"),
        HOLDS_BY_QUERY("/holds", "GET"),
        ADJUST_BY_QUERY("/adjust", "POST"),
        RESERVE_BY_QUERY("/reserve", "POST");

        private final String pattern;
        private final String legacyPattern;
        private final String method;

        Action(String end, String method) {
            this.pattern = STORES + "{storeId}" + INVENTORY + end;
            this.legacyPattern = LEGACY + pattern;
            this.method = method;
        }

        /** By which method it is done. */
        public String method() {
            return method;
        }

        /** Where, behind either prefix. */
        public List<String> patterns() {
            return List.of(pattern, legacyPattern);
        }

        /** Whether a method is the action's own. */
        boolean isBy(String asked) {
            return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
        }
    }

    /** What a request asks for, though perhaps by a method that does not do; null when it is not about stock. */
    public static @Nullable StockRoute of(HttpServletRequest request) {
        RequestPath path = RequestPath.of(request);
        String method = request.getMethod();
        boolean legacy = path.has(0, "api") && path.has(1, "inventory");
        int stores = legacy ? 2 : 0;
        int more = path.size() - stores - 3;
        if (more < 0 || more > 2 || !path.has(stores, "stores") || !path.has(stores + 2, "inventory")) {
            return null;
        }
        String sku = more == 0 ? null : path.segment(stores + 3);
        Action action = switch (more) {
            case 0 -> Action.PAGE;
            case 1 -> ofSku(path.segment(stores + 3), method, request.getQueryString());
            default -> ofChange(path.segment(stores + 4));
        };
        if (action == null || "".equals(sku)) {
            return null;
        }
        return new StockRoute(
                action, path.segment(stores + 1), path.isPlain(stores + 1), isByQuery(action) ? null : sku, legacy);
    }

    /** A SKU may be called "holds": whatever asks for the holds of another one names that in the query. */
    private static Action ofSku(String sku, String method, @Nullable String query) {
        if (Action.READ.isBy(method)) {
            return sku.equals("holds") && query != null && !query.isEmpty() ? Action.HOLDS_BY_QUERY : Action.READ;
        }
        return switch (sku) {
            case "adjust" -> Action.ADJUST_BY_QUERY;
            case "reserve" -> Action.RESERVE_BY_QUERY;
            default -> Action.READ;
        };
    }

    private static @Nullable Action ofChange(String name) {
        return switch (name) {
            case "adjust" -> Action.ADJUST;
            case "reserve" -> Action.RESERVE;
            case "holds" -> Action.HOLDS;
            default -> null;
        };
    }

    /** Its path with names in place of ids. */
    public String pattern() {
        return legacy ? action.legacyPattern : action.pattern;
    }

    /** The methods its path takes, beside HEAD where there is GET, and OPTIONS. */
    public List<String> methods() {
        return isByQuery(action) && !action.method.equals("GET")
                ? List.of("GET", action.method) // a SKU may be called "adjust"
                : List.of(action.method);
    }

    private static boolean isByQuery(Action action) {
        return action == Action.ADJUST_BY_QUERY || action == Action.RESERVE_BY_QUERY || action == Action.HOLDS_BY_QUERY;
    }

    /** Whether it takes a method, beside OPTIONS. */
    public boolean takes(String method) {
        return action.isBy(method);
    }

    /** Whether it is an adjust, wherever its SKU stands; a change that is not is a reserve. */
    public boolean isAdjust() {
        return action == Action.ADJUST || action == Action.ADJUST_BY_QUERY;
    }

    /** Where a SKU of the store is. */
    public String resource(String itsSku) {
        return (legacy ? LEGACY : "") + STORES + storeId + INVENTORY + "/" + RequestPath.encoded(itsSku);
    }
}
