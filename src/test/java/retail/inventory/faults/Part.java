package retail.inventory.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A part of the service whose system calls shall fail. It is a thread, so that no socket is ever hit. */
enum Part {
    /** Batch after batch into one segment. */
    LOG("log", "log-writer", Map.of(Call.WRITE, 50, Call.PWRITE, 50, Call.FDATASYNC, 50)),
    /** The way back after a first failure: the probe and the new segment. Only the write is repeated, probe by probe. */
    PROBE(
            "log after a fault",
            "log-writer",
            Map.of(Call.WRITE, 3, Call.FDATASYNC, 2, Call.FSYNC, 1, Call.RENAME, 2, Call.OPEN, 4)),
    INVENTORY_FILES(
            "inventory files",
            "inventory-files",
            Map.of(Call.WRITE, 6, Call.FDATASYNC, 6, Call.FSYNC, 4, Call.RENAME, 6, Call.OPEN, 10)),
    CENTRAL_SNAPSHOTS(
            "central snapshots",
            "central-snapshots",
            Map.of(Call.WRITE, 10, Call.FDATASYNC, 3, Call.FSYNC, 4, Call.RENAME, 3, Call.OPEN, 10));

    private final String title;
    private final String thread;

    @SuppressWarnings("ImmutableEnumChecker") // it is an unmodifiable one
    private final Map<Call, Integer> calls;

    Part(String title, String thread, Map<Call, Integer> calls) {
        this.title = title;
        this.thread = thread;
        this.calls = Map.copyOf(calls);
    }

    String thread() {
        return thread;
    }

    List<Call> calls() {
        return Arrays.stream(Call.values()).filter(calls::containsKey).toList();
    }

    /**
     * Up to how many calls are told apart: about those of two passes over the files, or all of a probe, for the next ones
     * come at the same places again.
     */
    int most(Call call) {
        return calls.getOrDefault(call, 0);
    }

    boolean isLog() {
        return this == LOG || this == PROBE;
    }

    @Override
    public String toString() {
        return title;
    }
}
