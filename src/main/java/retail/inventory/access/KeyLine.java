package retail.inventory.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of the file of keys says: one act. */
sealed interface KeyLine {

    /** When it was done, by the clock of whoever did it. */
    Instant at();

    /**
     * A new key.
     *
     * @param role null when its operations were named one by one
     * @param expires null = never
     */
    record Created(
            Instant at,
            String id,
            String name,
            @Nullable String role,
            List<Grant> grants,
            @Nullable Instant expires,
            KeyRecord.Secret secret)
            implements KeyLine {

        public Created {
            grants = List.copyOf(grants);
            if (!KeyText.isId(id) || !isName(name) || grants.isEmpty()) {
                throw new IllegalArgumentException("not the id or name of a key, or no grant");
            }
        }
    }

    /**
     * Another text for a key.
     *
     * @param beforeUntil until when the one before works
     */
    record Rotated(Instant at, String id, KeyRecord.Secret secret, Instant beforeUntil) implements KeyLine {}

    /** A key that works no more. */
    record Revoked(Instant at, String id) implements KeyLine {}

    /** The subject of a token that is let in no more, whatever the provider says. */
    record Denied(Instant at, String subject) implements KeyLine {

        public Denied {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("no subject");
            }
        }
    }

    /** Whether a text can be the name of a key. */
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
}
