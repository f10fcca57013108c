package retail.inventory.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A system call that shall fail.
 *
 * @param nth the how-manieth of its kind from now on, in its thread; in the probe from the first fault on
 */
record Fault(Part part, Call call, String error, int nth) {

    private static final List<String> ERRORS = List.of("EIO", "ENOSPC");

    /** How long the disk takes over a call of the log before it refuses it: time to read what must not be shown yet. */
    private static final int DELAY_MICROS = 100_000;

    /** The slowest thread does a pass in a second and a bit, and makes each of its calls at least once in it. */
    private static final Duration PASS_MAX = Duration.ofSeconds(3);

    /** A way in which the JDK changes files, by the names that the kernels of different machines have for it. */
    enum Call {
        WRITE("write"),
        PWRITE("pwrite64"),
        FDATASYNC("fdatasync"),
        FSYNC("fsync"),
        RENAME("?rename,?renameat,?renameat2"),
        OPEN("?open,?openat");

        private final String names;

        Call(String names) {
            this.names = names;
        }

        /** As strace wants it; a question mark stands before what not every kernel has. */
        String names() {
            return names;
        }

        /** All there are, as strace wants them. */
        static String allNames() {
            return Arrays.stream(values()).map(Call::names).collect(Collectors.joining(","));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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

    /** Every part, call, error and number up to a given one, in this order. */
    static List<Fault> upTo(int nth) {
        List<Fault> faults = new ArrayList<>();
        for (Part part : Part.values()) {
            for (Call call : part.calls()) {
                for (String error : ERRORS) {
                    for (int n = 1; n <= Math.min(nth, part.most(call)); n++) {
                        faults.add(new Fault(part, call, error, n));
                    }
                }
            }
        }
        return faults;
    }

    /** What strace shall do, as values of its {@code inject}. The probe comes only after a fault, so it has two. */
    List<String> injections() {
        if (part != Part.PROBE) {
            return List.of(injection(call, Integer.toString(nth)));
        }
        return call == Call.WRITE
                ? List.of(injection(Call.FDATASYNC, "1"), injection(call, "2.." + (nth + 1)))
                : List.of(injection(Call.WRITE, "1"), injection(call, Integer.toString(nth)));
    }

    private String injection(Call what, String when) {
        String delay = part.isLog() ? ":delay_enter=" + DELAY_MICROS : "";
        return what.names() + ":error=" + error + delay + ":when=" + when;
    }

    /** How many calls fail in all. */
    int failures() {
        return part != Part.PROBE ? 1 : call == Call.WRITE ? 1 + nth : 2;
    }

    /** The only files that count; none means all. The thread also writes to its console, between segment and probe. */
    List<Path> onlyOn(Path segment) {
        return part == Part.PROBE && call == Call.WRITE
                ? List.of(segment, segment.resolveSibling(".probe.tmp"))
                : List.of();
    }

    /** Whether an event or more must be refused for it: all but the mark of what is durable, which is a lower bound. */
    boolean stopsTheLog() {
        return part.isLog() && call != Call.PWRITE;
    }

    /** How long it may take until the last of the calls is made. */
    Duration reachMax() {
        return PASS_MAX.multipliedBy(part == Part.LOG ? 1 + nth / 10 : 1 + nth);
    }
}
