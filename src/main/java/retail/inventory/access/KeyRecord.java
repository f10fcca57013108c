package retail.inventory.access;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a key: all but the key. */
public final class KeyRecord {

    private final KeyLine.Created created;
    private final Secret secret;
    private final @Nullable Secret before;
    private final @Nullable Instant beforeUntil;
    private final @Nullable Instant revoked;
    private final Identity identity;
    private final @Nullable Identity earlier;
    private final long endsMs;
    private final long beforeEndsMs;

    /** One text that shows the identity: its hash, and its end for people. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content
    record Secret(byte[] hash, String lastFour) {

        static Secret of(String text) {
            return new Secret(KeyText.hash(text), KeyText.lastFour(text));
        }

        static Secret of(String sha256, String lastFour) {
            byte[] hash = HexFormat.of().parseHex(sha256);
            if (hash.length != HASH_BYTES || !lastFour.matches("[0-9A-Za-z]{4}")) {
                throw new IllegalArgumentException("not the SHA-256 of a key, or not its last four characters");
            }
            return new Secret(hash, lastFour);
        }

        String sha256() {
            return HexFormat.of().formatHex(hash);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Secret secret
                    && Arrays.equals(hash, secret.hash)
                    && lastFour.equals(secret.lastFour);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(hash);
        }

        @Override
        public String toString() {
            return "…" + lastFour;
        }
    }

    static final int HASH_BYTES = 32;

    private KeyRecord(
            KeyLine.Created created,
            Secret secret,
            @Nullable Secret before,
            @Nullable Instant beforeUntil,
            @Nullable Instant revoked) {
        this.created = created;
        this.secret = secret;
        this.before = before;
        this.beforeUntil = beforeUntil;
        this.revoked = revoked;
        Grants grants = new Grants(created.grants());
        this.identity = identity(created, grants, secret);
        this.earlier = before == null ? null : identity(created, grants, before);
        this.endsMs = revoked != null ? Long.MIN_VALUE : millis(created.expires(), Long.MAX_VALUE);
        this.beforeEndsMs = millis(beforeUntil, Long.MIN_VALUE);
    }

    private static Identity identity(KeyLine.Created created, Grants grants, Secret shownBy) {
        return Identity.ofKey(created.id(), created.name(), grants, created.expires(), shownBy);
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    static KeyRecord of(KeyLine.Created created) {
        return new KeyRecord(created, created.secret(), null, null, null);
    }

    /** With another text; only the latest one before works on, until its time. */
    KeyRecord rotated(KeyLine.Rotated rotated) {
        return new KeyRecord(created, rotated.secret(), secret, rotated.beforeUntil(), revoked);
    }

    KeyRecord revoked(Instant at) {
        return new KeyRecord(created, secret, before, beforeUntil, at);
    }

    public String id() {
        return created.id();
    }

    public String name() {
        return created.name();
    }

    /** By which role it was made; null when its operations were named. */
    public @Nullable String role() {
        return created.role();
    }

    public List<Grant> grants() {
        return created.grants();
    }

    public @Nullable Instant expires() {
        return created.expires();
    }

    /** The end of its text, by which people tell keys apart. */
    public String lastFour() {
        return secret.lastFour();
    }

    /** Until when the text before its last rotation works; null when there is none, or it does not any more. */
    public @Nullable Instant beforeUntil(Instant now) {
        return now.toEpochMilli() < beforeEndsMs ? beforeUntil : null;
    }

    /** Whether it can still be used: neither revoked nor expired. */
    public boolean isAlive(Instant now) {
        return now.toEpochMilli() < endsMs;
    }

    /** What has become of it, in a word or two. */
    public String state(Instant now) {
        return revoked != null ? "revoked" : isAlive(now) ? "in use" : "expired";
    }

    /**
     * Whom a text with this hash shows now; null when nobody. Takes the same time whatever differs, with and without an earlier
     * text.
     */
    @Nullable
    Identity shownBy(byte[] hash, long nowMs) {
        boolean byLatest = MessageDigest.isEqual(secret.hash(), hash);
        boolean byEarlier = MessageDigest.isEqual((before == null ? secret : before).hash(), hash);
        if (nowMs >= endsMs) {
            return null;
        }
        return byLatest ? identity : byEarlier && nowMs < beforeEndsMs ? earlier : null;
    }

    /** Whether an identity that one of its texts showed before is still shown by that. */
    boolean isStillShown(Identity known, Instant now) {
        return isAlive(now)
                && (secret.equals(known.shownBy())
                        || (before != null && before.equals(known.shownBy()) && beforeUntil(now) != null));
    }

    Identity identity() {
        return identity;
    }

    @Override
    public String toString() {
        return "key " + id();
    }
}
