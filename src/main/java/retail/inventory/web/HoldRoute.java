package retail.inventory.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path says about holds, be it right or wrong: about which one, and what is to be done.
 *
 * @param holdId as it stands in the path, decoded; null when the path has none
 * @param hasPlainId whether the id came without percent-encoding
 * @param legacy whether it stands behind {@code /api/inventory}
 */
public record HoldRoute(Action action, @Nullable String holdId, boolean hasPlainId, boolean legacy) {

    private static final String HOLDS = "/holds";

    /** What is to be done. */
    public enum Action {
        /** Some holds, by what they are for or by their end. */
        LIST("", "GET"),
        /** A new one, whose id the service makes. */
        CREATE("", "POST"),
        READ("/{holdId}", "GET"),
        PLACE("/{holdId}", "PUT"),
        CONFIRM("/{holdId}/confirm", "POST"),
        RELEASE("/{holdId}/release", "POST"),
        EXTEND("/{holdId}/extend", "POST");

        private final String pattern;
        private final String method;

        Action(String end, String method) {
            this.pattern = HOLDS + end;
            this.method = method;
        }

        /** By which method it is done. */
        public String method() {
            return method;
        }

        /** Where, behind either prefix. */
        public List<String> patterns() {
            return List.of(pattern, StockRoute.LEGACY + pattern);
        }
    }

    /** What a path and a method ask for, though perhaps by a method that does not do; null when it is not about holds. */
    public static @Nullable HoldRoute of(RequestPath path, String method) {
        boolean legacy = path.has(0, "api") && path.has(1, "inventory");
        int holds = legacy ? 2 : 0;
        int more = path.size() - holds - 1;
        if (more < 0 || more > 2 || !path.has(holds, "holds")) {
            return null;
        }
        if (more == 0) {
            return new HoldRoute(method.equals("POST") ? Action.CREATE : Action.LIST, null, true, legacy);
        }
        String holdId = path.segment(holds + 1);
        Action action = more == 1
                ? method.equals("PUT") ? Action.PLACE : Action.READ
                : switch (path.segment(holds + 2)) {
                    case "confirm" -> Action.CONFIRM;
                    case "release" -> Action.RELEASE;
                    case "extend" -> Action.EXTEND;
                    default -> null;
                };
        return action == null || holdId.isEmpty()
                ? null
                : new HoldRoute(action, holdId, path.isPlain(holds + 1), legacy);
    }

    /** Its path with a name in place of the id. */
    public String pattern() {
        return (legacy ? StockRoute.LEGACY : "") + action.pattern;
    }

    /** The methods its path takes, beside HEAD where there is GET, and OPTIONS. */
    public List<String> methods() {
        return switch (action) {
            case LIST, CREATE -> List.of("GET", "POST");
            case READ, PLACE -> List.of("GET", "PUT");
            case CONFIRM, RELEASE, EXTEND -> List.of("POST");
        };
    }

    /** Whether it takes a method, beside OPTIONS. */
    public boolean takes(String asked) {
        return action.method.equals(asked) || (action.method.equals("GET") && asked.equals("HEAD"));
    }

    /** Where a hold is. */
    public String resource(String id) {
        return (legacy ? StockRoute.LEGACY : "") + HOLDS + "/" + id;
    }
}
