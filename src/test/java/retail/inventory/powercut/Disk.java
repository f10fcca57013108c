package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import retail.inventory.history.History;
import retail.inventory.lab.Aftermath;
import retail.inventory.lab.Findings;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/** A disk that began empty, and all that the clients of the services on it were told since. */
record Disk(Path dataDir, History history, Tally tally, Findings findings, Random random) {

    /** Snapshots and inventory files as often as can be, keys that live as long as the test. */
    static final Map<String, String> SETTINGS =
            Map.of("SNAPSHOT_EVERY_N_EVENTS", "1", "AUDIT_INTERVAL_MS", "1000", "IDEMP_TTL_MS", "86400000");

    /** Answers that promise nothing: what a failing disk and a full queue are for. */
    private static final Set<String> HONEST = Set.of(Tally.READ_ONLY, Tally.OUTCOME_UNKNOWN, "overloaded");

    /** The same, and that something is not there, for which the history is asked whether it was. */
    private static final Set<String> READS_MAY_SAY =
            Set.of("overloaded", "unreadable", "behind", Tally.READ_ONLY, "unknown-sku", "unknown-store");

    /** Readers begin so many events before what is known. */
    private static final int FEED_BACK = 200;

    static Disk fresh(Machine machine, Findings findings, Random random) throws IOException {
        return new Disk(machine.fresh(), new History(), new Tally(findings, HONEST, READS_MAY_SAY), findings, random);
    }

    RecordingClient client(ServiceProcess service) {
        return new RecordingClient(service.uri(), history, tally);
    }

    /** Clients who write and read until nobody answers any more. */
    Traffic traffic(ServiceProcess service, String name, int writers) {
        Target target = new Target(service, client(service));
        long feedFrom = tally.sequence() - FEED_BACK;
        return new Traffic(() -> target, Style.flatOut(writers), name, feedFrom, random, findings, nothingElse -> {});
    }

    Aftermath aftermath() {
        return new Aftermath(dataDir, history, tally, findings, random);
    }
}
