package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import retail.inventory.lab.Command;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;

/**
 * How long the service takes to become ready with much stock: from inventory files, central snapshot and the log's tail,
 * and with the central view rebuilt from the log alone. The files are in the page cache; a cold disk adds its own time.
 */
public final class StartTimes {

    static final Duration READY_MAX = Duration.ofMinutes(3);
    private static final int ROUNDS = 3;
    private static final Pattern RECOVERED = Pattern.compile("recovered .* in ([0-9.]+) s .*");
    private static final Pattern CENTRAL = Pattern.compile("Central view: .* in ([0-9.]+) s.*");

    private final StoredStock stock;
    private final Path fast;
    private final PrintStream out;

    private StartTimes(StoredStock stock, Path fast, PrintStream out) {
        this.stock = stock;
        this.fast = fast;
        this.out = out;
    }

    /** Arguments: a directory for the data, the SKUs, the events after them. Exits with 1 when a start fails. */
    public static void main(String[] args) {
        Program.run("STARTS", (_, out) -> {
            Path directory = Path.of(args[0]);
            StoredStock stock =
                    StoredStock.prepare(directory, Integer.parseInt(args[1]), Integer.parseInt(args[2]), out);
            Path fast = directory.resolve("fast");
            Command.run("bin/aot-cache", fast.toString(), stock.data().toString());
            new StartTimes(stock, fast.resolve("inventory-service.jar"), out).measure();
            return "";
        });
    }

    /**
     * One start.
     *
     * @param ready seconds from launch to ready
     * @param cpu seconds of CPU until then
     * @param recovered what the service says of its recovery; empty when it says nothing
     * @param central what the service says of its central view; empty when it says nothing
     */
    private record Round(
            double ready,
            double cpu,
            Optional<MatchResult> recovered,
            Optional<MatchResult> central,
            OptionalLong residentMibMax) {}

    private void measure() throws IOException {
        out.println("seconds                      ready        CPU   recovery  central view   resident at most");
        List<Round> starts = new ArrayList<>();
        List<Round> fastStarts = new ArrayList<>();
        List<Round> rebuilds = new ArrayList<>();
        for (int i = 1; i <= ROUNDS; i++) { // in turn, so that both meet the same machine
            starts.add(round("start, round " + i, ServiceProcess.JAR, List.of()));
            fastStarts.add(round("with AOT cache, round " + i, fast, List.of()));
        }
        for (int i = 1; i <= ROUNDS; i++) {
            rebuilds.add(
                    round("rebuild central, round " + i, ServiceProcess.JAR, List.of(), "--inventory.rebuild-central"));
        }
        Round _ = round("start, -Xmx512m", ServiceProcess.JAR, List.of("-Xmx512m"));
        printMedian("start", starts, Round::ready, "java -jar target/inventory-service.jar (target: at most 6 s)");
        printMedian("start", fastStarts, Round::ready, "with the AOT cache of bin/aot-cache (target: at most 6 s)");
        printMedian("rebuild", rebuilds, Round::ready, "whole start");
        printMedian(
                "rebuild",
                rebuilds,
                round -> seconds(round.central()),
                "central view alone, as the service says (target: at most 15 s)");
    }

    /** The same data for every round: what the round before wrote is put back, and the log is not written to. */
    private Round round(String what, Path jar, List<String> jvmOptions, String... arguments) throws IOException {
        stock.restore();
        try (ServiceProcess service =
                ServiceProcess.launchMeasured(jvmOptions, jar, stock.data(), Map.of(), arguments)) {
            URI _ = service.uri(READY_MAX);
            double cpu = seconds(service.cpu());
            OptionalLong resident = service.proc().residentMibMax();
            double ready = seconds(service.readyAfter().orElseThrow());
            service.kill();
            Round round = new Round(ready, cpu, service.printed(RECOVERED), service.printed(CENTRAL), resident);
            out.printf(
                    "%-24s %9.2f  %9.2f  %9.2f  %12.2f  %,13d MiB%n",
                    what, ready, cpu, seconds(round.recovered()), seconds(round.central()), resident.orElse(0));
            round.recovered().ifPresent(line -> out.println("    " + line.group()));
            round.central().ifPresent(line -> out.println("    " + line.group()));
            return round;
        }
    }

    private void printMedian(String what, List<Round> rounds, ToDoubleFunction<Round> figure, String of) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        out.printf("%-24s%9.2f, %s%n", what + ", median", sorted[sorted.length / 2], of);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double seconds(Optional<MatchResult> line) {
        return line.map(found -> Double.parseDouble(Objects.requireNonNull(found.group(1))))
                .orElse(Double.NaN);
    }
}
