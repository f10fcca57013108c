package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request takes from its client's bucket: 1, and 1 more for each hundred rows or ten lines of a hold, so that a client who asks for much gets
 * no more of the processor than one who asks for little. Rows that only the answer knows are paid after it.
 */
public final class RequestPrice {

    private static final String ROWS = RequestPrice.class.getName() + ".rows";

    private static final int ROWS_PER_TOKEN = 100;
    private static final int ROWS_PER_LINE = 10;
    private static final int PLAIN = 1;

    /** Of everything there is. */
    private static final int DUMP = 50;

    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=([0-9]{1,4})(?:&|$)");
    private static final Pattern ONE_SKU = Pattern.compile("(?:^|&)sku=");

    private RequestPrice() {}

    /** The price, as far as it is known before. */
    static long of(HttpServletRequest request) {
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return PLAIN;
        }
        RequestPath path = RequestPath.of(request);
        if (path.is("/central/inventory")) {
            return DUMP;
        }
        StockRoute stock = StockRoute.of(request);
        String query = request.getQueryString();
        long rows = 0;
        if (stock != null && stock.action() == StockRoute.Action.PAGE) {
            rows = rowsOrOne(query);
        } else if (isPage(stock, path, method)) {
            rows = rows(query);
        }
        return PLAIN + rows / ROWS_PER_TOKEN;
    }

    private static boolean isPage(@Nullable StockRoute stock, RequestPath path, String method) {
        if (stock != null) {
            return stock.action() == StockRoute.Action.HOLDS || stock.action() == StockRoute.Action.HOLDS_BY_QUERY;
        }
        HoldRoute hold = HoldRoute.of(path, method);
        return hold != null
                ? hold.action() == HoldRoute.Action.LIST
                : path.is("/events") || path.is("/dead-letters") || path.isBelow("/central/stores");
    }

    private static int rowsOrOne(@Nullable String query) {
        return query != null && ONE_SKU.matcher(query).find() ? 1 : rows(query);
    }

    private static int rows(@Nullable String query) {
        if (query == null) {
            return RequestValues.LIMIT_DEFAULT;
        }
        Matcher limit = LIMIT.matcher(query);
        return limit.find()
                ? Math.min(Integer.parseInt(limit.group(1)), RequestValues.LIMIT_MAX)
                : RequestValues.LIMIT_DEFAULT;
    }

    /** Notes lines of a change that its price did not know of: one takes about as much time as ten rows of an answer. */
    public static void addLines(HttpServletRequest request, int lines) {
        addRows(request, ROWS_PER_LINE * lines);
    }

    /** Notes rows of an answer that its price did not know of. */
    public static void addRows(HttpServletRequest request, int rows) {
        request.setAttribute(ROWS, rows);
    }

    /** What is to be paid for them. */
    static long ofAddedRows(HttpServletRequest request) {
        return request.getAttribute(ROWS) instanceof Integer rows ? rows / ROWS_PER_TOKEN : 0;
    }
}
