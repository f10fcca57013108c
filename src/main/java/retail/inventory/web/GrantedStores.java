package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import retail.inventory.access.Grants;
import retail.inventory.access.Operation;

/**
 * The stores that an answer about several is about: those in which whoever asks has the operation. Nothing else is in it, nor in
 * its sums, tags and prices, as if there were no other stores.
 */
public final class GrantedStores implements Predicate<String> {

    private static final GrantedStores ALL = new GrantedStores(Grants.ALL, Operation.READ);

    private final Grants grants;
    private final Operation operation;

    private GrantedStores(Grants grants, Operation operation) {
        this.grants = grants;
        this.operation = operation;
    }

    /** Those of whoever sends a request. */
    public static GrantedStores of(HttpServletRequest request, Operation operation) {
        return of(RequestIdentity.of(request).grants(), operation);
    }

    /** Those of some grants; without an object of its own where these are all. */
    public static GrantedStores of(Grants grants, Operation operation) {
        return grants.mayEverywhere(operation) ? ALL : new GrantedStores(grants, operation);
    }

    /** Whether these are all stores, those to come as well. */
    public boolean areAll() {
        return this == ALL;
    }

    @Override
    public boolean test(String storeId) {
        return this == ALL || grants.may(operation, storeId);
    }

    /** The entity tag of what is shown of these stores when it has seen so many changes. */
    public String tag(long changes, @Nullable String logId) {
        return this == ALL ? EntityTags.weak(changes, logId) : EntityTags.weakOf(grants.fingerprint(), changes, logId);
    }
}
