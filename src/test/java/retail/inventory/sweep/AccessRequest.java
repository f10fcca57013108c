package retail.inventory.sweep;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request about access that a seed makes: right in its form, but for its identity, its stores and its method.
 *
 * @param seed makes it again
 * @param route what it asks for
 * @param who the name of its identity; "nobody", and names of keys that are none any more, as well
 * @param method by which it asks
 * @param store the store in its path
 * @param isStoreEncoded whether that came with percent-encoding
 * @param sku the SKU in its path
 * @param holdId the hold in its path
 * @param lines the stores in its body, or the one in its path
 * @param target its path and query as they are sent
 */
record AccessRequest(
        long seed,
        Route route,
        String who,
        String method,
        String store,
        boolean isStoreEncoded,
        String sku,
        String holdId,
        List<String> lines,
        String target) {

    private static final List<String> STORES =
            List.of("S1", "S1", "S2", "S9", "DE-1", "DE-1", "DE-2", "s1", "S1.", "S10", "D");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** So many requests in a row are about the same few holds. */
    private static final int ERA = 200;

    /** Each with the operation that it needs. */
    private static final List<Route> ROUTES = """
            GET /stores/{store}/inventory/{sku} read
            GET /stores/{store}/inventory read
            GET /stores/{store}/inventory?sku={sku} read
            GET /stores/{store}/inventory/{sku}/holds read
            GET /stores/{store}/inventory/holds?sku={sku} read
            POST /stores/{store}/inventory/{sku}/adjust adjust
            POST /stores/{store}/inventory/{sku}/adjust adjust
            POST /stores/{store}/inventory/{sku}/reserve reserve
            POST /stores/{store}/inventory/{sku}/reserve reserve
            GET /holds?reference=order reserve-list
            POST /holds reserve
            PUT /holds/{hold} reserve
            PUT /holds/{hold} reserve
            GET /holds/{hold} read
            POST /holds/{hold}/confirm reserve
            POST /holds/{hold}/release reserve
            POST /holds/{hold}/extend reserve
            GET /central/skus/{sku} central
            GET /central/skus?sku={sku} central
            GET /central/stores/{store} central
            GET /central/inventory central
            GET /events?limit=20 feed
            POST /sync sync
            GET /dead-letters dead-letters
            POST /dead-letters/7/replay dead-letters
            GET /audit audit
            GET /metrics metrics
            GET /actuator metrics
            GET /actuator/leases metrics
            GET /actuator/loggers metrics
            GET /actuator/prometheus metrics
            GET / -
            GET /openapi.yaml -
            GET /docs -
            GET /nothing -
            GET /storesX/S1/inventory/A -
            GET /health/liveness *
            GET /health/readiness *
            GET /actuator/health *
            """.lines().map(Route::of).toList();

    /**
     * Something that is served.
     *
     * @param path with its query
     * @param operation null when whoever is known may
     * @param isPublic whether nobody is asked
     */
    record Route(String method, String path, @Nullable String operation, boolean isPublic) {

        private static Route of(String line) {
            String[] words = line.strip().split(" ", -1);
            boolean isPublic = words[2].equals("*");
            String operation = isPublic || words[2].equals("-") ? null : words[2].replace("reserve-list", "read");
            return new Route(words[0], words[1], operation, isPublic);
        }

        private boolean isAt(Route other) {
            return path.split("\\?", -1)[0].equals(other.path.split("\\?", -1)[0]);
        }

        boolean isOfStock() {
            return path.startsWith("/stores/");
        }

        boolean isOfHolds() {
            return path.startsWith("/holds");
        }

        boolean takesLines() {
            return isOfHolds() && (method.equals("PUT") || (method.equals("POST") && path.equals("/holds")));
        }
    }

    static AccessRequest of(long seed, List<String> identities) {
        Choice choice = new Choice(seed);
        Route wanted = choice.of(ROUTES);
        String store = choice.of(STORES);
        String sku = choice.of("A", "A", "B", "A/B", "NEW", "adjust");
        String holdId = "h-" + seed / ERA + "-" + choice.below(4);
        String method = choice.oneIn(8) ? choice.of(METHODS) : wanted.method();
        Route route = ROUTES.stream()
                .filter(each -> each.isAt(wanted) && isBy(each, method))
                .findFirst()
                .orElse(wanted);
        boolean byItsMethod = isBy(route, method);
        boolean storeEncoded = route.path().contains("{store}") && choice.oneIn(12);
        List<String> lines = route.takesLines()
                ? choice.oneIn(3)
                        ? List.of(choice.of(STORES), store).stream().distinct().toList()
                        : List.of(store)
                : List.of(store);
        String path = route.path()
                .replace("{store}", storeEncoded ? oneEncoded(choice, store) : store)
                .replace("{sku}", byItsMethod || !sku.equals("adjust") ? encoded(choice, sku) : "A")
                .replace("{hold}", holdId);
        if (choice.oneIn(3) && !path.startsWith("/actuator")) {
            path = (route.isOfStock() || route.isOfHolds() ? "/api/inventory" : "/api") + path;
        }
        if (choice.oneIn(6)) {
            path = firstWordEncoded(choice, path);
        }
        String plainSku = byItsMethod || !sku.equals("adjust") ? sku : "A";
        return new AccessRequest(
                seed, route, choice.of(identities), method, store, storeEncoded, plainSku, holdId, lines, path);
    }

    private static boolean isBy(Route route, String method) {
        return method.equals(route.method())
                || (method.equals("HEAD") && route.method().equals("GET"));
    }

    /** Whether it asks by a method that the route has. */
    boolean isByItsMethod() {
        return isBy(route, method);
    }

    private static String encoded(Choice choice, String sku) {
        String safe = sku.replace("/", "%2F");
        return choice.oneIn(5) && safe.equals(sku) ? oneEncoded(choice, sku) : safe;
    }

    private static String oneEncoded(Choice choice, String text) {
        int at = choice.below(text.length());
        return text.substring(0, at) + hex(choice, text.charAt(at)) + text.substring(at + 1);
    }

    /** A letter of the first word of a path, which names the route. */
    private static String firstWordEncoded(Choice choice, String path) {
        return path.length() < 2 ? path : "/" + hex(choice, path.charAt(1)) + path.substring(2);
    }

    private static String hex(Choice choice, char c) {
        return String.format(Locale.ROOT, choice.oneIn(2) ? "%%%02x" : "%%%02X", (int) c);
    }

    /** All of it, with the headers that show its identity. */
    SweepRequest withHeaders(Map<String, String> credentials) {
        String body = body();
        return new SweepRequest(
                seed,
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + credentials.getOrDefault(who, "")
                        + "Idempotency-Key: k-" + seed + "\r\n"
                        + (body.isEmpty()
                                ? "\r\n"
                                : "Content-Type: application/json\r\nContent-Length: "
                                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body));
    }

    private String body() {
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            return "";
        }
        if (route.takesLines()) {
            return lines.stream()
                    .map(each -> "{\"storeId\":\"" + each + "\",\"sku\":\"" + AccessModel.HELD + "\",\"qty\":1}")
                    .collect(Collectors.joining(",", "{\"reference\":\"order\",\"ttlSeconds\":600,\"lines\":[", "]}"));
        }
        if (route.path().endsWith("extend")) {
            return "{\"ttlSeconds\":600}";
        }
        return route.path().endsWith("adjust")
                ? "{\"delta\":1}"
                : route.path().endsWith("reserve") ? "{\"qty\":1}" : "{}";
    }
}
