package retail.inventory.sweep;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import retail.inventory.sweep.AccessRequest.Route;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each identity may do, written down a second time: by operation and beginning of a store, as the operator would say it. */
final class AccessModel {

    /** The SKU of which holds are made; all others change by one unit. */
    static final String HELD = "H";

    /** Behind the name of an identity that shows a token in place of a key, and may do the same. */
    static final String BY_TOKEN = "-token";

    static final Map<String, String> OPTIONS = Map.of(
            "till", "--role till --store S1",
            "counter", "--role counter --store S1",
            "german", "--can read,adjust,open,central --store DE-*",
            "shop", "--role shop",
            "market", "--can reserve --store *",
            "follower", "--can feed --store S1",
            "ops", "--role ops",
            "admin", "--role admin");

    private static final Map<String, String> GRANTED = Map.of(
            "till", "read reserve adjust S1$",
            "counter", "read count S1$",
            "german", "read adjust open central DE-",
            "shop", "central read reserve .",
            "market", "reserve .",
            "follower", "feed S1$",
            "ops", "sync dead-letters audit metrics .",
            "admin", "read reserve adjust open central feed sync dead-letters audit metrics count .");

    private static final Set<Integer> MADE = Set.of(200, 201);
    private static final Pattern STORE = Pattern.compile("\"storeId\":\"([^\"]*)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Set<String>> holds = new HashMap<>();
    private final Map<String, Long> units = new HashMap<>();

    /** What is in stock before the first request. */
    void stocked(String store, String sku, long qty) {
        units.put(store + "/" + sku, qty);
    }

    /** The units of each store and SKU that nothing is set aside of. */
    Map<String, Long> units() {
        return units;
    }

    private static boolean may(String who, String operation, String store) {
        String granted = GRANTED.getOrDefault(key(who), "");
        int last = granted.lastIndexOf(' ');
        return last > 0
                && List.of(granted.substring(0, last).split(" ")).contains(operation)
                && Pattern.compile(granted.substring(last + 1)).matcher(store).lookingAt();
    }

    private static String key(String who) {
        return who.replace(BY_TOKEN, "");
    }

    private static boolean mayAnywhere(String who, String operation) {
        return Stream.of("S1", "S2", "DE-1").anyMatch(store -> may(who, operation, store));
    }

    /** What is wrong with an answer; null when nothing is. Learns from it what there is afterwards. */
    @Nullable
    String differs(AccessRequest request, SweepAnswer answer) {
        Set<Integer> expected = expected(request);
        if (!expected.contains(answer.status())) {
            return "the model says " + expected + ", the answer is " + answer.status();
        }
        if (MADE.contains(answer.status())) {
            learn(request, answer);
        }
        return told(request, answer);
    }

    private Set<Integer> expected(AccessRequest request) {
        Route route = request.route();
        String who = request.who();
        if (route.isPublic() || request.method().equals("OPTIONS")) {
            return Set.of(200, 204, 404, 405);
        }
        if (who.equals("ambiguous")) {
            return Set.of(400);
        }
        if (!GRANTED.containsKey(key(who))) {
            return Set.of(401);
        }
        String operation = route.operation();
        if (operation == null) {
            return request.isByItsMethod() ? Set.of(200, 302, 404) : Set.of(404, 405);
        }
        boolean byStock = route.isOfStock() || route.isOfHolds();
        if (byStock && !request.isByItsMethod()) {
            return Set.of(405);
        }
        boolean everywhere = !byStock && !operation.equals("central") && !operation.equals("feed");
        if (everywhere ? !may(who, operation, "ANY") : !mayAnywhere(who, operation)) {
            return Set.of(403);
        }
        if (!request.isByItsMethod()) {
            return Set.of(405);
        }
        if (route.isOfHolds()) {
            return ofHolds(request, operation);
        }
        if (route.path().contains("{store}")) {
            if (request.isStoreEncoded()) {
                return Set.of(400);
            }
            if (!may(who, operation, request.store())) {
                return Set.of(403);
            }
            return route.path().endsWith("adjust") ? adjusted(request) : Set.of(200, 404, 409);
        }
        return Set.of(200, 202, 404);
    }

    /** The first SKU of a store needs a grant of its own. */
    private Set<Integer> adjusted(AccessRequest request) {
        boolean isNew = units.keySet().stream().noneMatch(key -> key.startsWith(request.store() + "/"));
        return isNew && !may(request.who(), "open", request.store()) ? Set.of(403) : MADE;
    }

    private Set<Integer> ofHolds(AccessRequest request, String operation) {
        Route route = request.route();
        if (route.path().startsWith("/holds?")) {
            return Set.of(200);
        }
        Set<String> there = holds.get(request.holdId());
        boolean own = there != null && there.stream().allMatch(store -> may(request.who(), operation, store));
        if (!route.takesLines()) {
            return own ? Set.of(200, 409) : Set.of(404);
        }
        boolean granted = request.lines().stream().allMatch(store -> may(request.who(), operation, store));
        boolean taken = route.method().equals("PUT") && there != null && !own;
        return granted && !taken ? Set.of(200, 201, 409) : Set.of(403);
    }

    private void learn(AccessRequest request, SweepAnswer answer) {
        Route route = request.route();
        if (!request.isByItsMethod()) {
            return;
        }
        if (route.takesLines()) {
            String id =
                    requireNonNull(JSON.readTree(answer.body()).path("holdId").asString(null));
            holds.put(id, request.lines().stream().collect(Collectors.toSet()));
        } else if (route.path().endsWith("adjust")) {
            units.merge(request.store() + "/" + request.sku(), 1L, Long::sum);
        } else if (route.path().endsWith("reserve")) {
            units.merge(request.store() + "/" + request.sku(), -1L, Long::sum);
        }
    }

    /** An answer names no store but those that are granted, and no stock to whoever may not read it. */
    private static @Nullable String told(AccessRequest request, SweepAnswer answer) {
        String operation = request.route().operation();
        if (operation == null || !GRANTED.containsKey(key(request.who()))) {
            return null;
        }
        Matcher stores = STORE.matcher(answer.body());
        while (stores.find()) {
            if (!may(request.who(), operation, stores.group(1))) {
                return "the answer names store " + stores.group(1);
            }
        }
        boolean mayRead = request.lines().stream().allMatch(store -> may(request.who(), "read", store));
        JsonNode problem = answer.status() == 409 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
        return mayRead || (problem.findValue("available") == null && problem.findValue("currentQty") == null)
                ? null
                : "the answer tells what is in stock";
    }
}
