package retail.inventory.web;

import org.jspecify.annotations.Nullable;
import retail.inventory.access.Identity;
import retail.inventory.access.Operation;

/**
 * What a request needs to be let in, by its route: the one table of all routes, of both ports. What is not in it is served to
 * nobody who was asked who he is: so a route that is forgotten here is closed, not open.
 *
 * @param scope where the operation must be granted
 * @param operation null when none is needed
 */
record RouteNeeds(Scope scope, @Nullable Operation operation) {

    /** Where an operation must be granted. */
    enum Scope {
        /** Nobody is asked. */
        PUBLIC,
        /** Who was shown may do it, whoever that is. */
        KNOWN,
        /** In any store; which one it is about is looked at later, when it is known, or the answer is about those alone. */
        ANYWHERE,
        /** In all stores, for the answer names all. */
        EVERYWHERE,
        /** There is no such route. */
        NONE
    }

    private static final RouteNeeds PUBLIC = new RouteNeeds(Scope.PUBLIC, null);
    private static final RouteNeeds KNOWN = new RouteNeeds(Scope.KNOWN, null);
    private static final RouteNeeds NO_ROUTE = new RouteNeeds(Scope.NONE, null);

    /** What probes ask for; where more than yes or no is said, the answer looks at who asks. */
    private static final String[] PROBES = {"/health", "/actuator/health"};

    private static final String[] ABOUT = {"/metrics", "/actuator"};
    private static final String[] DOCS = {"/docs", "/openapi.yaml"};

    static RouteNeeds of(RequestPath path, String method, @Nullable StockRoute stock) {
        if (method.equals("OPTIONS") || path.isOrIsBelow(PROBES)) {
            return PUBLIC; // what a path takes is no secret, and a browser asks for it without credentials
        }
        if (stock != null) {
            return stock.takes(method) ? anywhere(operation(stock)) : KNOWN;
        }
        HoldRoute hold = HoldRoute.of(path, method);
        if (hold != null) {
            return hold.takes(method) ? anywhere(operation(hold)) : KNOWN;
        }
        if (path.isRoot() || path.isOrIsBelow(DOCS) || path.fault() != null) {
            return KNOWN;
        }
        if (path.isOrIsBelow("/central")) {
            return anywhere(Operation.CENTRAL);
        }
        return path.isOrIsBelow("/events") ? anywhere(Operation.FEED) : ofAllStores(path);
    }

    /** Those whose answers are about all stores, whoever asks. */
    private static RouteNeeds ofAllStores(RequestPath path) {
        if (path.isOrIsBelow(ABOUT)) {
            return everywhere(Operation.METRICS);
        }
        if (path.isOrIsBelow("/sync")) {
            return everywhere(Operation.SYNC);
        }
        if (path.isOrIsBelow("/dead-letters")) {
            return everywhere(Operation.DEAD_LETTERS);
        }
        return path.isOrIsBelow("/audit") ? everywhere(Operation.AUDIT) : NO_ROUTE;
    }

    /** What a route about a store's stock does there. */
    static Operation operation(StockRoute stock) {
        return switch (stock.action()) {
            case PAGE, READ, HOLDS, HOLDS_BY_QUERY -> Operation.READ;
            case ADJUST, ADJUST_BY_QUERY -> Operation.ADJUST;
            case RESERVE, RESERVE_BY_QUERY -> Operation.RESERVE;
        };
    }

    private static Operation operation(HoldRoute hold) {
        return switch (hold.action()) {
            case LIST, READ -> Operation.READ;
            case CREATE, PLACE, CONFIRM, RELEASE, EXTEND -> Operation.RESERVE;
        };
    }

    private static RouteNeeds anywhere(Operation operation) {
        return new RouteNeeds(Scope.ANYWHERE, operation);
    }

    private static RouteNeeds everywhere(Operation operation) {
        return new RouteNeeds(Scope.EVERYWHERE, operation);
    }

    /** Whether an identity has it. */
    boolean areMetBy(Identity identity) {
        return switch (scope) {
            case PUBLIC, KNOWN, NONE -> true;
            case ANYWHERE -> operation != null && identity.grants().mayAnywhere(operation);
            case EVERYWHERE -> operation != null && identity.grants().mayEverywhere(operation);
        };
    }
}
