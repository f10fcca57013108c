package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.StockKey;

/** The plain path of a SKU, as nearly every request has it: no query, nothing encoded, ids that are right. */
public record StockPath(StockKey key, Action action, String pattern) {

    private static final String STORES = "/stores/";
    private static final String LEGACY = "/api/inventory";
    private static final String INVENTORY = "/inventory/";

    /** What is to be done with a SKU. */
    public enum Action {
        READ("GET", ""),
        ADJUST("POST", "/adjust"),
        RESERVE("POST", "/reserve");

        private final String method;
        private final String end;
        private final String pattern;
        private final String legacyPattern;

        private static final Action[] ALL = values();

        Action(String method, String end) {
            this.method = method;
            this.end = end;
            this.pattern = STORES + "{storeId}" + INVENTORY + "{sku}" + end;
            this.legacyPattern = LEGACY + pattern;
        }
    }

    /** What a request is about; null when its path or method is another one, or not plain. */
    public static @Nullable StockPath of(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            return null;
        }
        @Nullable String path = request.getRequestURI();
        if (path == null) { // the web server could not read the first line
            return null;
        }
        boolean legacy = path.startsWith(LEGACY);
        int stores = legacy ? LEGACY.length() : 0;
        if (!path.startsWith(STORES, stores)) {
            return null;
        }
        int storeId = stores + STORES.length();
        int storeIdEnd = path.indexOf('/', storeId);
        if (storeIdEnd < 0 || !path.startsWith(INVENTORY, storeIdEnd)) {
            return null;
        }
        int sku = storeIdEnd + INVENTORY.length();
        int slash = path.indexOf('/', sku);
        int skuEnd = slash < 0 ? path.length() : slash;
        Action action = action(request.getMethod(), path, skuEnd);
        return action == null
                ? null
                : of(path.substring(storeId, storeIdEnd), path.substring(sku, skuEnd), action, legacy);
    }

    private static @Nullable StockPath of(String storeId, String sku, Action action, boolean legacy) {
        return StockKey.isStoreId(storeId) && StockKey.isSku(sku)
                ? new StockPath(new StockKey(storeId, sku), action, legacy ? action.legacyPattern : action.pattern)
                : null;
    }

    private static @Nullable Action action(String method, String path, int skuEnd) {
        for (Action action : Action.ALL) {
            if (method.equals(action.method)
                    && path.length() - skuEnd == action.end.length()
                    && path.startsWith(action.end, skuEnd)) {
                return action;
            }
        }
        return null;
    }
}
