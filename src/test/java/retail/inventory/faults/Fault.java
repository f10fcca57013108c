package retail.inventory.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
