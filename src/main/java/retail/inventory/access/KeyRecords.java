package retail.inventory.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the lines of a file of keys come to. Immutable. */
public final class KeyRecords {

    static final KeyRecords NONE = new KeyRecords(Map.of(), Set.of());

    private final Map<String, KeyRecord> byId;
    private final Set<String> denied;

    private KeyRecords(Map<String, KeyRecord> byId, Set<String> denied) {
        this.byId = byId;
        this.denied = denied;
    }

    /**
     * Takes lines, in their order.
     *
     * @throws IllegalArgumentException when one cannot follow those before it
     */
    static KeyRecords of(List<KeyLine> lines) {
        return NONE.with(lines);
    }

    /** The same with more lines. */
    KeyRecords with(List<KeyLine> lines) {
        Map<String, KeyRecord> keys = new LinkedHashMap<>(byId);
        Set<String> subjects = new HashSet<>(denied);
        for (KeyLine line : lines) {
            switch (line) {
                case KeyLine.Created created -> {
                    if (keys.put(created.id(), KeyRecord.of(created)) != null) {
                        throw new IllegalArgumentException("key " + created.id() + " was made before");
                    }
                }
                case KeyLine.Rotated rotated ->
                    keys.put(rotated.id(), known(keys, rotated.id()).rotated(rotated));
                case KeyLine.Revoked revoked ->
                    keys.put(revoked.id(), known(keys, revoked.id()).revoked(revoked.at()));
                case KeyLine.Denied deny -> subjects.add(deny.subject());
            }
        }
        return new KeyRecords(keys, Set.copyOf(subjects));
    }

    private static KeyRecord known(Map<String, KeyRecord> keys, String id) {
        KeyRecord record = keys.get(id);
        if (record == null) {
            throw new IllegalArgumentException("there is no key " + id);
        }
        return record;
    }

    /** All keys, those that work no more as well, in the order in which they were made. */
    public List<KeyRecord> all() {
        return List.copyOf(byId.values());
    }

    /** The key with an id; null when there is none. */
    public @Nullable KeyRecord withId(String id) {
        return byId.get(id);
    }

    /** Those with a name, latest last. */
    public List<KeyRecord> withName(String name) {
        List<KeyRecord> found = new ArrayList<>();
        for (KeyRecord record : byId.values()) {
            if (record.name().equals(name)) {
                found.add(record);
            }
        }
        return found;
    }

    /** Whether the subject of a token is let in no more. */
    public boolean denies(String subject) {
        return denied.contains(subject);
    }

    /** Whether nobody was ever given anything. */
    public boolean isEmpty() {
        return byId.isEmpty() && denied.isEmpty();
    }
}
