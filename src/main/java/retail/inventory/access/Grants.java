package retail.inventory.access;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an identity may do: several grants add up, nothing takes away. Asked on each request, without allocating. */
public final class Grants {

    /** Nothing at all. */
    public static final Grants NONE = new Grants(List.of());

    /** Everything, everywhere. */
    public static final Grants ALL = new Grants(List.of(Grant.everywhere(EnumSet.allOf(Operation.class))));

    private static final int FINGERPRINT_BYTES = 8;

    private final List<Grant> all;
    private final Stores[] some;
    private final int anywhere;
    private final int everywhere;
    private @Nullable String fingerprint; // two threads may make it: it is the same

    /** Some operations on the stores with these ids or beginnings of ids. */
    private record Stores(int can, Set<String> ids, List<String> prefixes) {

        private boolean have(String store) {
            if (ids.contains(store)) {
                return true;
            }
            for (int i = 0; i < prefixes.size(); i++) { // an iterator would be an object
                if (store.startsWith(prefixes.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The sum of some grants. */
    public Grants(List<Grant> all) {
        this.all = List.copyOf(all);
        this.some = this.all.stream().map(Grants::stores).toArray(Stores[]::new);
        int any = 0;
        int every = 0;
        for (int i = 0; i < some.length; i++) {
            any |= some[i].can();
            every |= some[i].prefixes().contains("") ? some[i].can() : 0;
        }
        this.anywhere = any;
        this.everywhere = every;
    }

    private static Stores stores(Grant grant) {
        int can = 0;
        for (Operation operation : grant.can()) {
            can |= operation.bit();
        }
        Set<String> ids = new HashSet<>();
        for (String store : grant.stores()) {
            if (StorePattern.isExact(store)) {
                ids.add(store);
            }
        }
        List<String> prefixes = grant.stores().stream()
                .filter(store -> !StorePattern.isExact(store))
                .map(StorePattern::prefix)
                .toList();
        return new Stores(can, Set.copyOf(ids), prefixes);
    }

    /** Each of them, as it was given. */
    public List<Grant> all() {
        return all;
    }

    /** Whether an operation is granted for a store, be there such a store or not. */
    public boolean may(Operation operation, String store) {
        int bit = operation.bit();
        if ((everywhere & bit) != 0) {
            return true;
        }
        if ((anywhere & bit) != 0) {
            for (int i = 0; i < some.length; i++) {
                if ((some[i].can() & bit) != 0 && some[i].have(store)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an operation is granted for any store. */
    public boolean mayAnywhere(Operation operation) {
        return (anywhere & operation.bit()) != 0;
    }

    /** Whether an operation is granted for all stores, those that do not exist yet as well. */
    public boolean mayEverywhere(Operation operation) {
        return (everywhere & operation.bit()) != 0;
    }

    /** Another one for other grants, 16 digits of hex: a hash, for it is shown. */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            StringBuilder text = new StringBuilder();
            for (Grant grant : all) {
                text.append(grant.words()).append(grant.stores()).append('\n');
            }
            known = HexFormat.of().formatHex(KeyText.hash(text.toString()), 0, FINGERPRINT_BYTES);
            fingerprint = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Grants grants && all.equals(grants.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
