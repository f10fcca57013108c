package retail.inventory.powercut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import retail.inventory.history.Facts.Change;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Traffic;

/** The same with the syncs left out: a cut that takes nothing then is no cut. */
final class Control {

    private static final Pattern EVENT_ID = Pattern.compile("\"eventId\":\"([^\"]+)\"");
    private static final Duration ACKS_MAX = Duration.ofSeconds(30);
    private static final int ACKS_MIN = 100;
    private static final int WRITERS = 16;
    private static final int LOAD_MAX_MS = 900;

    private final Machine machine;
    private final Findings findings;
    private final Random random;
    private int acknowledged;
    private int lost;

    Control(Machine machine, Findings findings, Random random) {
        this.machine = machine;
        this.findings = findings;
        this.random = random;
    }

    /** Cuts the power of so many services, each of which began with an empty disk. */
    void run(int cuts) throws IOException {
        for (int i = 0; i < cuts; i++) {
            Disk disk = Disk.fresh(machine, findings, random);
            try (ServiceProcess service = ServiceProcess.launchUnder(Syncs.skipped(), disk.dataDir(), Disk.SETTINGS);
                    Traffic _ = disk.traffic(service, "c" + i, WRITERS)) {
                findings.require(
                        Moments.within(ACKS_MAX, () -> disk.tally().acknowledged() >= ACKS_MIN),
                        Kind.OTHER,
                        "the control acknowledges nothing: " + service.output());
                Moments.pause(random.nextInt(LOAD_MAX_MS));
                machine.fail(service);
            }
            Set<String> there = eventIds(disk.dataDir().resolve("wal"));
            List<Change> told = disk.history().facts().acknowledged();
            acknowledged += told.size();
            lost += (int) told.stream()
                    .filter(change -> !there.contains(
                            String.valueOf(Objects.requireNonNull(change.done()).eventId())))
                    .count();
        }
    }

    int acknowledged() {
        return acknowledged;
    }

    int lost() {
        return lost;
    }

    /** The files may be in any state, so this looks for nothing but ids. */
    private static Set<String> eventIds(Path wal) throws IOException {
        if (!Files.exists(wal)) {
            return Set.of();
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(wal)) {
            List<Path> segments =
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList();
            for (Path segment : segments) {
                text.append(new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1));
            }
        }
        return EVENT_ID.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
