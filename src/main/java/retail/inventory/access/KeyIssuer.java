package retail.inventory.access;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes, changes and ends keys, whether a service is at work or not. Nothing of this is done over HTTP. */
public final class KeyIssuer {

    private final KeyFile file;
    private final AuditTrail trail;
    private final InstantSource clock;
    private final SecureRandom random;

    /** For the keys of a file; what is done to them is in the trail before it is done, or is not done. */
    public KeyIssuer(KeyFile file, AuditTrail trail, InstantSource clock, SecureRandom random) {
        this.file = file;
        this.trail = trail;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What a key is to be.
     *
     * @param role by which its operations were chosen; null when they were named
     * @param expires null = never
     */
    public record Wish(
            String name,
            @Nullable String role,
            List<Grant> grants,
            @Nullable Instant expires) {

        public Wish {
            grants = List.copyOf(grants);
        }
    }

    /** Gets the text of a key, before the key works: a key whose text is lost is of no use. */
    @FunctionalInterface
    public interface Recipient {
        void take(KeyRecord key, String text) throws IOException;
    }

    /**
     * Makes a key. Of a name there is one at a time.
     *
     * @throws KeyRefusedException when there is one of this name, or it could never be used
     */
    public KeyRecord create(Wish wish, Recipient recipient) throws IOException {
        if (!KeyLine.isName(wish.name())) {
            throw new KeyRefusedException(
                    "A name is 1 to 64 of letters, digits, '.', '_' and '-', and begins with a letter"
                            + " or digit, such as till-7.");
        }
        Instant now = clock.instant();
        if (wish.expires() != null && !wish.expires().isAfter(now)) {
            throw new KeyRefusedException("A key that has expired when it is made is of no use: name a later time.");
        }
        return file.change((records, addition) -> {
            KeyRecord before = inUse(records, wish.name(), now);
            if (before != null) {
                throw new KeyRefusedException("There is a key " + wish.name() + " (" + before.id()
                        + "): rotate or revoke that one, or choose another name.");
            }
            String id = newId(records);
            String text = KeyText.make(id, random);
            KeyLine.Created line = new KeyLine.Created(
                    now, id, wish.name(), wish.role(), wish.grants(), wish.expires(), KeyRecord.Secret.of(text));
            KeyRecord made = KeyRecord.of(line);
            tell("key-create", made, Map.of("may", grants(made), "until", until(made)));
            recipient.take(made, text);
            addition.add(line);
            return made;
        });
    }

    /** An id that looks like a name, or is another key's, would do harm. */
    private String newId(KeyRecords records) {
        String id = KeyText.newId(random);
        while (records.withId(id) != null || !records.withName(id).isEmpty()) {
            id = KeyText.newId(random);
        }
        return id;
    }

    /**
     * Gives a key another text.
     *
     * @param key its id or its name
     * @param grace how long the text that it has now works on; one before that ends at once
     * @throws KeyRefusedException when there is none that can be used
     */
    public KeyRecord rotate(String key, Duration grace, Recipient recipient) throws IOException {
        return file.change((records, addition) -> {
            Instant now = clock.instant();
            KeyRecord record = found(records, key, now);
            String text = KeyText.make(record.id(), random);
            KeyLine.Rotated line = new KeyLine.Rotated(now, record.id(), KeyRecord.Secret.of(text), now.plus(grace));
            KeyRecord rotated = record.rotated(line);
            tell("key-rotate", record, Map.of("beforeUntil", line.beforeUntil().toString()));
            recipient.take(rotated, text);
            addition.add(line);
            return rotated;
        });
    }

    /**
     * Ends a key.
     *
     * @param key its id or its name
     * @throws KeyRefusedException when there is none that can be used
     */
    public KeyRecord revoke(String key) throws IOException {
        return file.change((records, addition) -> {
            Instant now = clock.instant();
            KeyRecord record = found(records, key, now);
            tell("key-revoke", record, Map.of());
            addition.add(new KeyLine.Revoked(now, record.id()));
            return record.revoked(now);
        });
    }

    private static String grants(KeyRecord key) {
        return key.grants().stream()
                .map(grant -> String.join(",", grant.words()) + " for " + String.join(",", grant.stores()))
                .collect(Collectors.joining("; "));
    }

    private static String until(KeyRecord key) {
        return key.expires() == null ? "revoked" : key.expires().toString();
    }

    private void tell(String act, KeyRecord key, Map<String, String> more) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("key", key.id());
        details.put("name", key.name());
        details.putAll(new TreeMap<>(more));
        trail.add(act, AuditTrail.BY_COMMAND, details);
    }

    /** The key of a name that can be used; null when there is none. */
    public @Nullable KeyRecord inUse(String name) throws IOException {
        return inUse(file.read(), name, clock.instant());
    }

    private static @Nullable KeyRecord inUse(KeyRecords records, String name, Instant now) {
        return records.withName(name).stream()
                .filter(key -> key.isAlive(now))
                .findFirst()
                .orElse(null);
    }

    private KeyRecord found(KeyRecords records, String key, Instant now) throws KeyRefusedException {
        KeyRecord withId = records.withId(key);
        KeyRecord found = withId == null ? inUse(records, key, now) : withId;
        if (found != null && found.isAlive(now)) {
            return found;
        }
        boolean known = withId != null || !records.withName(key).isEmpty();
        throw new KeyRefusedException(
                known
                        ? "The key " + key + " works no more: make a new one with key create."
                        : "There is no key with this id or name in " + file.path() + ": see key list.");
    }
}
