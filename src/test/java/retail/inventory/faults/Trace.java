package retail.inventory.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The system calls of a thread as strace printed them, one a line, in order. */
record Trace(List<String> lines) {

    private static final String INJECTED = " (INJECTED)"; // (DELAYED) may follow
    private static final Pattern ON_SEGMENT =
            Pattern.compile("^(write|pwrite64|fdatasync)\\(\\d+<(.*/wal/\\d{20}\\.jsonl)>");
    private static final Pattern EVENT_ID = Pattern.compile("\\\\\"eventId\\\\\":\\\\\"([0-9a-f-]{36})\\\\\"");

    /** The calls that were made to fail, in a directory or elsewhere. */
    List<String> failed(Path directory, boolean inIt) {
        return lines.stream()
                .filter(line -> line.contains(INJECTED) && line.contains(directory + "/") == inIt)
                .toList();
    }

    /** The ids of the events of every batch whose write or force failed: nobody may be told that they are recorded. */
    Set<String> lostEvents() {
        Map<String, Set<String>> latestBatch = new HashMap<>();
        Set<String> lost = new HashSet<>();
        for (String line : lines) {
            Matcher call = ON_SEGMENT.matcher(line);
            if (call.find()) {
                String segment = call.group(2);
                if (call.group(1).equals("write")) {
                    latestBatch.put(segment, eventIds(line));
                }
                if (line.contains(INJECTED)) {
                    lost.addAll(latestBatch.getOrDefault(segment, Set.of()));
                }
            }
        }
        return lost;
    }

    /** The calls on a segment after one on it has failed: there must be none. */
    List<String> onGivenUpSegments() {
        Set<String> givenUp = new HashSet<>();
        List<String> again = new ArrayList<>();
        for (String line : lines) {
            Matcher call = ON_SEGMENT.matcher(line);
            if (call.find()
                    && (line.contains(INJECTED) ? !givenUp.add(call.group(2)) : givenUp.contains(call.group(2)))) {
                again.add(line);
            }
        }
        return again;
    }

    private static Set<String> eventIds(String line) {
        return EVENT_ID.matcher(line)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
