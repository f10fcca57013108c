package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request takes from its client's bucket: 1, and 1 more for each hundred rows, so that a client who asks for much gets
 * no more of the processor than one who asks for little. Rows that only the answer knows are paid after it.
 */
public final class RequestPrice {

    private static final String ROWS = RequestPrice.class.getName() + ".rows";

    private static final int ROWS_PER_TOKEN = 100;
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
        return isPage(path, method) ? PLAIN + rows(request.getQueryString()) / ROWS_PER_TOKEN : PLAIN;
    }

    private static boolean isPage(RequestPath path, String method) {
        StockRoute stock = StockRoute.of(path, method);
        return stock != null
                ? stock.action() == StockRoute.Action.PAGE
                : path.is("/events") || path.is("/dead-letters") || path.isBelow("/central/stores");
    }

    private static int rows(@Nullable String query) {
        if (query == null) {
            return RequestValues.LIMIT_DEFAULT;
        }
        if (ONE_SKU.matcher(query).find()) {
            return 1;
        }
        Matcher limit = LIMIT.matcher(query);
        return limit.find()
                ? Math.min(Integer.parseInt(limit.group(1)), RequestValues.LIMIT_MAX)
                : RequestValues.LIMIT_DEFAULT;
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
