package retail.inventory.bench;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import retail.inventory.InventoryApplication;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Program;

/**
 * What the meters cost: the service runs inside this process, and its meters are switched off and on again every two
 * seconds, so that the same compiled code is compared with itself. Of two processes one is up to a tenth faster by chance,
 * which hides a cost of one percent.
 *
 * <p>They are behind a composite of Micrometer's here, which a switch can take away; it makes them a little dearer than
 * they are. The two readings of the clock for a change stay when they are off.
 */
public final class MetricsCost {

    private static final List<StockLoad> LOADS = List.of(StockLoad.ADJUST_MANY, StockLoad.ADJUST_ONE, StockLoad.READ);
    private static final int SKUS = 100_000;
    private static final int THREADS = 256;
    private static final int CONNECTIONS = 32;
    private static final int WARM_UP_PAIRS = 4;
    private static final Duration SLICE = Duration.ofSeconds(2);

    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final PrintStream out;
    private final Findings failures;

    private MetricsCost(Findings failures, PrintStream out) {
        this.failures = failures;
        this.out = out;
    }

    /** Arguments: a directory for the data, how often on and off is measured. */
    public static void main(String[] args) {
        Program.run(
                "METRICS",
                (failures, out) -> new MetricsCost(failures, out).run(Path.of(args[0]), Integer.parseInt(args[1])));
    }

    private String run(Path data, int pairs) throws IOException {
        try (WritePathAlone path = WritePathAlone.open(data, InstantSource.system())) {
            path.fill(SKUS, THREADS);
        }
        SequencedMap<StockLoad, String> ratios = new LinkedHashMap<>();
        try (ConfigurableApplicationContext service = start(data)) {
            PrometheusMeterRegistry registry = service.getBean(PrometheusMeterRegistry.class);
            int port = Objects.requireNonNull(((WebServerApplicationContext) service).getWebServer())
                    .getPort();
            URI uri = URI.create("http://127.0.0.1:" + port);
            for (StockLoad load : LOADS) {
                out.println(load.title() + ": warming up");
                String _ = measure(uri, load, registry, WARM_UP_PAIRS);
            }
            for (StockLoad load : LOADS) {
                ratios.put(load, measure(uri, load, registry, pairs));
            }
        }
        out.printf("%n| load | with meters, as part of without | target |%n|---|--:|--:|%n");
        ratios.forEach((load, ratio) -> out.printf("| %s | %s | 0.97 |%n", load.title(), ratio));
        return String.format("%,d requests failed", failures.total());
    }

    private ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(InventoryApplication.class)
                .main(InventoryApplication.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(CompositeMeterRegistry.class, () -> meters, bean -> bean.setPrimary(true)))
                .run("--DATA_DIR=" + data, "--PORT=0", "--RATE_LIMIT_RPS=0", "--LOG_FORMAT=text");
    }

    private String measure(URI uri, StockLoad load, PrometheusMeterRegistry registry, int pairs) throws IOException {
        List<Double> ratios = new ArrayList<>();
        try (LoadGenerator generator = new LoadGenerator(uri, load.requests(uri, SKUS), failures)) {
            for (int pair = 1; pair <= pairs; pair++) {
                // Each goes first as often as the other: the second one may find the machine busier or itself warmer.
                boolean onFirst = pair % 2 == 0;
                double first = rate(generator, registry, onFirst);
                double second = rate(generator, registry, !onFirst);
                ratios.add(onFirst ? first / second : second / first);
                out.printf(
                        "%s, %d of %d: %,.0f/s with, %,.0f/s without%n",
                        load.title(), pair, pairs, onFirst ? first : second, onFirst ? second : first);
            }
        }
        return ThroughputTable.mean(ratios);
    }

    private double rate(LoadGenerator generator, PrometheusMeterRegistry registry, boolean on) throws IOException {
        if (on) {
            meters.add(registry);
        } else {
            meters.remove(registry);
        }
        long before = requests(registry);
        Outcomes outcomes = generator.run(new Pace.Closed(CONNECTIONS), SLICE);
        generator.drain();
        if (on != requests(registry) > before) {
            throw new IllegalStateException("the meters were to be " + (on ? "on" : "off") + " and were not");
        }
        return outcomes.perSecond(Outcome.ACCEPTED);
    }

    private static long requests(PrometheusMeterRegistry registry) {
        return registry.find("http.server.requests").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
