package retail.inventory.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import retail.inventory.history.History;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Traffic.Look;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/**
 * All that the clients of the services on a data directory were told since it was empty.
 *
 * @param history what they were told of changes of single SKUs
 * @param holds what they were told of holds
 * @param tally how they were answered
 */
public record ClientRecord(
        Path dataDir, History history, HoldRecord holds, Tally tally, Findings findings, Random random) {

    /** Settings of a service that writes its files as often as can be, with keys that live as long as any history. */
    public static final Map<String, String> BUSY =
            Map.of("SNAPSHOT_EVERY_N_EVENTS", "1", "AUDIT_INTERVAL_MS", "1000", "IDEMP_TTL_MS", "86400000");

    /** Readers of a service that was there before begin so many events before what is known. */
    private static final int FEED_BACK = 200;

    /** An empty one. */
    public ClientRecord(Path dataDir, Tally tally, Findings findings, Random random) {
        this(dataDir, new History(), new HoldRecord(), tally, findings, random);
    }

    /** A service that runs, with a client; waits until it is ready. */
    public Target target(ServiceProcess service) {
        return new Target(service, new RecordingClient(service.uri(), history, tally, holds));
    }

    /** Clients who write and read all the time, and look at something besides. */
    public Traffic traffic(Supplier<Target> service, Style style, String name, Look look) {
        return new Traffic(this, service, style, name, Math.max(0, tally.sequence() - FEED_BACK), look);
    }

    /** Clients of one service. */
    public Traffic traffic(ServiceProcess service, Style style, String name) {
        Target target = target(service);
        return traffic(() -> target, style, name, nothingElse -> {});
    }

    /** The ids of the events of all changes that were acknowledged. */
    public List<String> acknowledgedEvents() {
        Stream<String> ofHolds =
                holds.acknowledged().stream().map(told -> told.answer().text("eventId"));
        return Stream.concat(
                        history.facts().acknowledged().stream()
                                .map(change -> String.valueOf(
                                        Objects.requireNonNull(change.done()).eventId())),
                        ofHolds)
                .toList();
    }

    /** Adds to the findings what contradicts itself, while nobody asks anything. */
    public Verdict check(Kind kind) {
        Verdict verdict = history.check();
        verdict.violations().forEach(each -> findings.add(kind, each));
        return verdict;
    }
}
