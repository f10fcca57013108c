package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.WrittenLog;

/** Makes one fault happen and looks at what the service makes of it. */
final class Trial {

    private static final Duration LOG_BACK_MAX = Duration.ofSeconds(5);
    /** No promise, but a standstill: on a slow machine they rest long, and then there are circuit breakers. */
    private static final Duration FILES_BACK_MAX = Duration.ofSeconds(60);

    private final DataFiles files;
    private final Path dataDir;
    private final UnderLoad load;
    private final Tally tally;
    private final Findings findings;

    Trial(UnderLoad load, Findings findings) {
        this.dataDir = load.told().dataDir();
        this.files = new DataFiles(dataDir);
        this.load = load;
        this.tally = load.tally();
        this.findings = findings;
    }

    /**
     * What came of it.
     *
     * @param reached whether all of its calls were made and failed
     * @param seconds from the last failed call until the part works again; 0 when the service was killed
     */
    record Outcome(boolean reached, int falseAcks, int failedReads, double seconds) {}

    /** Runs it; the service may be killed as soon as the fault has happened, and is left dead then. */
    Outcome run(Fault fault, boolean kill) throws IOException {
        ServiceProcess service = load.service();
        int failedReads = findings.count(Kind.FAILED_READ);
        Map<String, Integer> refusals = tally.refusals();
        int segments = WrittenLog.segments(dataDir).size();
        long began = System.nanoTime();
        boolean reached;
        double seconds = 0;
        Trace trace;
        try (Injection injection = arm(service, fault)) {
            reached = Moments.within(fault.reachMax(), () -> failures(injection) >= fault.failures());
            long failed = System.nanoTime();
            if (reached && kill) {
                service.kill();
            } else if (fault.part().isLog()) {
                seconds = awaitRecovery(fault, failed); // so that what it does meanwhile is in the trace
            }
            trace = injection.detach();
            if (!fault.part().isLog() && !(reached && kill)) {
                seconds = awaitRecovery(fault, failed);
            }
        }
        load.traffic().quietly(() -> null); // so that every answer to what was sent meanwhile is told
        Set<String> lost = trace.lostEvents();
        int falseAcks = falseAcks(fault, lost);
        checkTrace(fault, trace, lost);
        if (reached && !kill) {
            if (fault.stopsTheLog()) {
                checkRefused(fault, lost.size(), refusals, began);
                int more = WrittenLog.segments(dataDir).size() - segments;
                findings.require(more > 0, Kind.OTHER, fault + ": no new segment was begun");
            } else {
                checkUnnoticed(fault, refusals, began);
            }
        }
        return new Outcome(reached, falseAcks, findings.count(Kind.FAILED_READ) - failedReads, seconds);
    }

    private Injection arm(ServiceProcess service, Fault fault) throws IOException {
        return load.traffic().quietly(() -> {
            List<Path> onlyOn = fault.onlyOn(WrittenLog.segments(dataDir).getLast());
            return Injection.attach(service.proc().threadId(fault.part().thread()), fault, onlyOn);
        });
    }

    private int failures(Injection injection) {
        return injection.trace().failed(dataDir, true).size();
    }

    private double awaitRecovery(Fault fault, long failed) throws IOException {
        double seconds;
        Duration max = fault.part().isLog() ? LOG_BACK_MAX : FILES_BACK_MAX;
        if (fault.part().isLog()) {
            seconds = load.awaitWritable(failed, max, fault.toString());
        } else {
            // More than there was, for a file may be whole and in its place when the call after that fails.
            long needed = Math.max(tally.sequence(), reached(fault.part()) + 1);
            boolean back = Moments.within(max, () -> reached(fault.part()) >= needed);
            seconds = Moments.secondsSince(failed);
            findings.require(back, Kind.TOO_SLOW, fault + ": does not work again after " + max.toSeconds() + " s");
        }
        load.awaitReadiness(max, Readiness::isGood, fault.toString());
        return seconds;
    }

    /** Up to which event a part's files go. */
    private long reached(Fault.Part part) throws IOException {
        return switch (part) {
            case LOG, PROBE -> tally.sequence();
            case INVENTORY_FILES -> files.checkpoint();
            case CENTRAL_SNAPSHOTS -> files.newestSnapshot();
        };
    }

    /** An event of a failed batch that a client was told; a later start may find it in the log, so this is asked before. */
    private int falseAcks(Fault fault, Set<String> lost) {
        List<String> wrong =
                load.told().acknowledgedEvents().stream().filter(lost::contains).toList();
        wrong.forEach(
                event -> findings.add(Kind.FALSE_ACK, fault + ": its batch failed, but a client was told of " + event));
        return wrong.size();
    }

    private void checkTrace(Fault fault, Trace trace, Set<String> lost) {
        trace.failed(dataDir, false)
                .forEach(line -> findings.add(Kind.OTHER, fault + ": this check failed the wrong call: " + line));
        trace.onGivenUpSegments()
                .forEach(line -> findings.add(Kind.OTHER, fault + ": a segment was used after it had failed: " + line));
        if (fault.stopsTheLog() && !trace.failed(dataDir, true).isEmpty()) {
            findings.require(!lost.isEmpty(), Kind.OTHER, fault + ": this check does not see which events failed");
        }
    }

    private void checkRefused(Fault fault, int lost, Map<String, Integer> before, long began) {
        int unknown = tally.refusals(Tally.OUTCOME_UNKNOWN) - before.getOrDefault(Tally.OUTCOME_UNKNOWN, 0);
        findings.require(
                unknown >= lost,
                Kind.FALSE_ACK,
                fault + ": " + lost + " events failed, " + unknown + " answers said outcome-unknown");
        findings.require(
                load.readinessSince(began).stream().anyMatch(Readiness::tellsOfTheLog),
                Kind.OTHER,
                fault + ": readiness never said that the log cannot be written");
    }

    private void checkUnnoticed(Fault fault, Map<String, Integer> before, long began) {
        findings.require(
                tally.refusals().equals(before),
                Kind.WRONG_ANSWER,
                fault + ": writes were refused, " + before + " became " + tally.refusals());
        load.readinessSince(began).stream()
                .filter(each -> !each.ready())
                .findFirst()
                .ifPresent(each -> findings.add(Kind.OTHER, fault + ": readiness said " + each));
    }
}
