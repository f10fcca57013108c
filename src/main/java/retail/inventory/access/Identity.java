package retail.inventory.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who sends a request, as far as it was shown; an identity is never what a client only says about itself. */
public final class Identity {

    /** How somebody shows who he is. */
    public enum Kind {
        /** Not at all: nobody is asked. */
        UNASKED,
        KEY,
        /** By a token of the issuer. */
        JWT
    }

    private static final String LOCAL_BY = "local";

    /** Everybody, where nobody is asked. */
    public static final Identity LOCAL =
            new Identity(LOCAL_BY, LOCAL_BY, Kind.UNASKED, Grants.ALL, null, LOCAL_BY, null);

    private final String id;
    private final String name;
    private final Kind kind;
    private final Grants grants;
    private final @Nullable Instant expires;
    private final String by;
    private final KeyRecord.@Nullable Secret shownBy;

    private Identity(
            String id,
            String name,
            Kind kind,
            Grants grants,
            @Nullable Instant expires,
            String by,
            KeyRecord.@Nullable Secret shownBy) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.grants = grants;
        this.expires = expires;
        this.by = by;
        this.shownBy = shownBy;
    }

    /** That of a key, by one of its texts. */
    static Identity ofKey(String id, String name, Grants grants, @Nullable Instant expires, KeyRecord.Secret shownBy) {
        return new Identity(id, name, Kind.KEY, grants, expires, id, shownBy);
    }

    /** That of whoever a token shows, by any of his tokens. */
    static Identity ofToken(String id, Grants grants, Instant expires) {
        return new Identity(id, id, Kind.JWT, grants, expires, id, null);
    }

    /** Stays the same for as long as it exists; the key's public id, or {@code jwt:1:<subject>}. */
    public String id() {
        return id;
    }

    /** For people; of a token the id, as what it says of people is nobody's business here. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** What it may do. */
    public Grants grants() {
        return grants;
    }

    /** When it ends; null = never. */
    public @Nullable Instant expires() {
        return expires;
    }

    /** The text of a key that showed it, which may end before the key; null when it was none. */
    KeyRecord.@Nullable Secret shownBy() {
        return shownBy;
    }

    /** As it stands in events: no name, nothing that a client made up. */
    public String by() {
        return by;
    }

    /** Whether an operation is granted for a store. */
    public boolean may(Operation operation, String store) {
        return grants.may(operation, store);
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
