package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import retail.inventory.lab.Command;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;

/**
 * How long the service takes to become ready with much stock: from inventory files, central snapshot and the log's tail,
 * and with the central view rebuilt from the log alone. The files are in the page cache; a cold disk adds its own time.
 */
public final class StartTimes {

    private static final Duration READY_MAX = Duration.ofMinutes(3);
    private static final int ROUNDS = 3;
    private static final Pattern RECOVERED = Pattern.compile("recovered .* in ([0-9.]+) s .*");
    private static final Pattern CENTRAL = Pattern.compile("Central view: .* in ([0-9.]+) s.*");

    private final Path data;
    private final List<DirectoryCopy> changing;
    private final Path fast;
    private final PrintStream out;

    private StartTimes(Path data, Path fast, List<DirectoryCopy> changing, PrintStream out) {
        this.data = data;
        this.fast = fast;
        this.changing = changing;
        this.out = out;
    }

    /** Arguments: a directory for the data, the SKUs, the events after them. Exits with 1 when a start fails. */
    public static void main(String[] args) throws Exception {
        Program.begin();
        Path directory = Path.of(args[0]);
        Path data = directory.resolve("data");
        PrintStream out = System.out;
        StoredStock.prepare(data, Integer.parseInt(args[1]), Integer.parseInt(args[2]), out);
        List<DirectoryCopy> changing = new ArrayList<>();
        for (String name : List.of("inventory", "central")) {
            changing.add(DirectoryCopy.of(data.resolve(name), directory.resolve(name)));
        }
        Path fast = directory.resolve("fast");
        makeAotCache(fast, data);
        System.exit(new StartTimes(data, fast, changing, out).measure() ? 0 : 1);
    }

    /**
     * One start.
     *
     * @param ready seconds from launch to ready; empty when it did not get there
     * @param cpu seconds of CPU until then; empty where the system does not tell
     * @param recovered what the service says of its recovery; empty when it says nothing
     * @param central what the service says of its central view; empty when it says nothing
     * @param residentMibMax empty where the system does not tell
     */
    private record Round(
            Optional<Double> ready,
            Optional<Double> cpu,
            Optional<MatchResult> recovered,
            Optional<MatchResult> central,
            Optional<Long> residentMibMax) {

        Optional<Double> centralSeconds() {
            return central.map(StartTimes::seconds);
        }
    }

    private boolean measure() throws IOException, InterruptedException {
        out.println("seconds                      ready        CPU   recovery  central view   resident at most");
        List<Round> starts = new ArrayList<>();
        List<Round> fastStarts = new ArrayList<>();
        for (int i = 1; i <= ROUNDS; i++) { // in turn, so that both meet the same machine
            starts.add(print("start, round " + i, round(ServiceProcess.JAR, List.of(), List.of())));
            fastStarts.add(print("with AOT cache, round " + i, fastRound()));
        }
        List<Round> rebuilds = rounds("rebuild central", List.of("--inventory.rebuild-central"));
        print("start, -Xmx512m", round(ServiceProcess.JAR, List.of("-Xmx512m"), List.of()));

        out.printf(
                "start, median           %s, java -jar target/inventory-service.jar (target: at most 6 s)%n",
                median(starts.stream().map(Round::ready)));
        out.printf(
                "start, median           %s, with the AOT cache of bin/aot-cache (target: at most 6 s)%n",
                median(fastStarts.stream().map(Round::ready)));
        out.printf(
                "rebuild, median         %s, whole start%n",
                median(rebuilds.stream().map(Round::ready)));
        if (rebuilds.stream().allMatch(rebuild -> rebuild.central().isPresent())) {
            out.printf(
                    "rebuild, median         %s, central view alone (target: at most 15 s)%n",
                    median(rebuilds.stream().map(Round::centralSeconds)));
        } else {
            out.println("                        (the service does not say how long the central view alone took;"
                    + " its target: at most 15 s)");
        }
        return starts.stream().allMatch(each -> each.ready().isPresent())
                && rebuilds.stream().allMatch(each -> each.ready().isPresent());
    }

    private List<Round> rounds(String what, List<String> arguments) throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= ROUNDS; i++) {
            rounds.add(print(what + ", round " + i, round(ServiceProcess.JAR, List.of(), arguments)));
        }
        return rounds;
    }

    private static void makeAotCache(Path fast, Path data) throws IOException, InterruptedException {
        Command.run("bin/aot-cache", fast.toString(), data.toString());
    }

    private Round fastRound() throws IOException, InterruptedException {
        return round(fast.resolve("inventory-service.jar"), List.of(), List.of());
    }

    /** The same data for every round: what the round before wrote is put back, and the log is not written to. */
    private Round round(Path jar, List<String> jvmOptions, List<String> arguments)
            throws IOException, InterruptedException {
        for (DirectoryCopy each : changing) {
            each.restore();
        }
        try (ServiceProcess service =
                ServiceProcess.launchMeasured(jvmOptions, jar, data, Map.of(), arguments.toArray(String[]::new))) {
            URI _ = service.uri(READY_MAX);
            Duration cpu = service.cpu();
            OptionalLong resident = service.proc().residentMibMax();
            service.kill();
            return new Round(
                    service.readyAfter().map(StartTimes::seconds),
                    Optional.of(seconds(cpu)),
                    service.printed(RECOVERED),
                    service.printed(CENTRAL),
                    resident.isPresent() ? Optional.of(resident.getAsLong()) : Optional.empty());
        }
    }

    private Round print(String what, Round round) {
        out.printf(
                Locale.ROOT,
                "%-24s %9s  %9s  %9s  %12s  %13s MiB%n",
                what,
                text("%.2f", round.ready(), "never"),
                text("%.2f", round.cpu(), "?"),
                text("%.2f", round.recovered().map(StartTimes::seconds), "?"),
                text("%.2f", round.centralSeconds(), "?"),
                text("%,d", round.residentMibMax(), "?"));
        round.recovered().ifPresent(line -> out.println("    " + line.group()));
        round.central().ifPresent(line -> out.println("    " + line.group()));
        return round;
    }

    private static String text(String format, Optional<? extends Number> figure, String otherwise) {
        return figure.map(number -> String.format(Locale.ROOT, format, number)).orElse(otherwise);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double seconds(MatchResult line) {
        return Double.parseDouble(Objects.requireNonNull(line.group(1)));
    }

    private static String median(Stream<Optional<Double>> rounds) {
        List<Double> sorted = rounds.flatMap(Optional::stream).sorted().toList();
        return sorted.size() < ROUNDS
                ? "none, for not every round became ready"
                : String.format(Locale.ROOT, "%9.2f", sorted.get(sorted.size() / 2));
    }
}
