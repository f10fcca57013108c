package retail.inventory.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token grant: the operations of its scopes and roles, in the stores that it names. Only words that begin
 * with {@code inventory:} are meant for this service, for others have roles that are called admin as well. One that it does not
 * know grants nothing; nor does a token that names no store.
 */
final class ClaimedGrants {

    private static final String OURS = "inventory:";
    private static final String ALL_STORES = "*";

    private final Names names;
    private final LongAdder ignored = new LongAdder();

    /**
     * Where in a token something stands: a claim's name, or names with dots between them for what is inside of others.
     *
     * @param scopes a text with spaces, or texts: {@code inventory:read}
     * @param stores the same, of patterns as keys have
     * @param roles the same, of roles as {@code bin/key} knows: {@code inventory:till}
     */
    record Names(String scopes, String stores, String roles) {}

    ClaimedGrants(Names names) {
        this.names = names;
    }

    /** How many words were meant for this service and mean nothing to it. */
    long ignored() {
        return ignored.sum();
    }

    Grants of(JWTClaimsSet claims) {
        List<String> stores = new ArrayList<>();
        for (String store : words(claims, names.stores())) {
            if (StorePattern.isOne(store) && stores.size() < Grant.STORES_MAX) {
                stores.add(store);
            } else {
                ignored.increment();
            }
        }
        EnumSet<Operation> can = operations(claims);
        if (!stores.contains(ALL_STORES)) {
            ignored.add(
                    can.stream().filter(operation -> !operation.isStoreBound()).count());
            can.removeIf(operation -> !operation.isStoreBound());
        }
        return stores.isEmpty() || can.isEmpty() ? Grants.NONE : new Grants(List.of(new Grant(stores, can)));
    }

    private EnumSet<Operation> operations(JWTClaimsSet claims) {
        EnumSet<Operation> can = EnumSet.noneOf(Operation.class);
        for (String word : ours(words(claims, names.scopes()))) {
            Operation operation = Operation.of(word);
            if (operation == null) {
                ignored.increment();
            } else {
                can.add(operation);
            }
        }
        for (String word : ours(words(claims, names.roles()))) {
            Role role = Role.of(word);
            if (role == null) {
                ignored.increment();
            } else {
                can.addAll(role.can());
            }
        }
        return can;
    }

    private static List<String> ours(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(OURS))
                .map(word -> word.substring(OURS.length()))
                .toList();
    }

    private static List<String> words(JWTClaimsSet claims, String name) {
        return switch (value(claims, name)) {
            case String text when !text.isBlank() -> List.of(text.strip().split(" +", -1));
            case List<?> list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** The claim with this name, dots and all, as namespaced ones have; else what is inside. */
    private static @Nullable Object value(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        if (value == null) {
            value = claims.getClaims();
            for (String part : name.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(part) : null;
            }
        }
        return value;
    }
}
