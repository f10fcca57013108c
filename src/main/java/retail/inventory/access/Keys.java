package retail.inventory.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys as they are now, for any number of threads. */
public final class Keys {

    /** Compared with when there is no key with an id, so that an answer tells nobody whether there is. */
    private static final KeyRecord NOBODY = KeyRecord.of(new KeyLine.Created(
            Instant.EPOCH,
            "0".repeat(KeyText.ID_LENGTH),
            "nobody",
            null,
            List.of(Grant.everywhere(Set.of(Operation.READ))),
            Instant.EPOCH,
            new KeyRecord.Secret(new byte[KeyRecord.HASH_BYTES], "none")));

    private final InstantSource clock;
    private volatile KeyRecords records = KeyRecords.NONE;

    /** None yet. */
    public Keys(InstantSource clock) {
        this.clock = clock;
    }

    void take(KeyRecords latest) {
        records = latest;
    }

    /** Whether nobody was ever given one. */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** How many can be used now. */
    public long alive() {
        return records.all().stream()
                .filter(key -> key.isAlive(clock.instant()))
                .count();
    }

    /** Whether what showed an identity still does. */
    boolean isStillIn(Identity identity) {
        KeyRecord known = records.withId(identity.id());
        return known != null && known.isStillShown(identity, clock.instant());
    }

    /** What a key may do now; null when there is none with this id any more. */
    @Nullable
    Grants grants(String id) {
        KeyRecord known = records.withId(id);
        return known == null ? null : known.identity().grants();
    }

    /** Whether the subject of a token, by the id of its identity, is let in no more. */
    boolean denies(String subject) {
        return records.denies(subject);
    }

    /** Whom a text shows; null when nobody: it is no key, or one that is unknown, revoked or expired. */
    public @Nullable Identity identify(String text) {
        String id = KeyText.idIn(text);
        if (id == null) {
            return null;
        }
        byte[] hash = KeyText.hash(text);
        KeyRecord known = records.withId(id);
        KeyRecord compared = known == null ? NOBODY : known;
        Identity shown = compared.shownBy(hash, clock.millis());
        return known == null ? null : shown;
    }
}
