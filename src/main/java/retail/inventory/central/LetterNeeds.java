package retail.inventory.central;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of the log dead letters need.
 *
 * @param firstOpen the first one that is open; {@link Long#MAX_VALUE} when none is
 * @param resolved the view's position when each of the others was resolved
 */
record LetterNeeds(long firstOpen, Map<Long, Long> resolved) {

    /** Letters whose events a snapshot through a sequence has passed, but may lack: they were resolved too late for it. */
    List<Long> resolvedSince(long snapshot) {
        return resolved.entrySet().stream()
                .filter(letter -> letter.getKey() <= snapshot && letter.getValue() >= snapshot)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The first event that a view beginning with a snapshot needs from the log for a letter. */
    long firstNeeded(long snapshot) {
        return Stream.concat(Stream.of(firstOpen), resolvedSince(snapshot).stream())
                .min(Long::compare)
                .orElse(firstOpen);
    }
}
