package retail.inventory.central;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.EventFeed;

/**
 * The log that dead letters are of. Not thread-safe but for {@link #id}.
 *
 * @param feed null when nobody asks which it is
 * @param through up to where the events of each log that letters name are this one's
 */
record LetterLog(@Nullable EventFeed feed, Map<String, Long> through) {

    static final LetterLog ANY = new LetterLog(null, Map.of());

    LetterLog(EventFeed feed) {
        this(feed, new HashMap<>());
    }

    /** Whether a line is of this log, or of one that it continues; in doubt yes. */
    boolean has(LetterLine line) {
        EventFeed asked = feed;
        String logId = line.logId();
        return asked == null || logId == null || line.id() <= through.computeIfAbsent(logId, asked::holdsThrough);
    }

    /** Its id; null when it has none, or nobody knows it. */
    @Nullable
    String id() {
        return feed == null ? null : feed.logId();
    }
}
