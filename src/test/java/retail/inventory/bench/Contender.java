package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import retail.inventory.access.ManyKeys;
import retail.inventory.lab.Requests;
import retail.inventory.lab.ServiceProcess;

/**
 * A process that takes part in a comparison: the service, another build of it, or a rival behind the same routes.
 *
 * @param callers the service as each of its callers has it, with a key or without
 */
record Contender(Kind kind, ServiceProcess process, List<URI> callers) implements AutoCloseable {

    private static final Path RIVALS = Path.of("bench/rivals/target/inventory-rivals.jar");
    private static final int SKUS = 100_000;
    private static final int THREADS = 256;
    private static final int FEW = 10;
    private static final int MANY = 10_000;

    /** Who can take part; of those who do, the first is compared with each of the others. */
    enum Kind {
        SERVICE("the service", "", SKUS, 0, options -> !options.skus() && !options.events()),
        MILLION("1,000,000 SKUs", "", 1_000_000, 1_000_000, ThroughputOptions::skus),
        AGED("after 10,000,000 events", "", 1_000, 10_000_000, ThroughputOptions::events),
        THOUSAND("1,000 SKUs", "", 1_000, 1_000, ThroughputOptions::skus),
        FRESH("after 10,000 events", "", 1_000, 10_000, ThroughputOptions::events),
        KEYS("callers with 10 keys", "", SKUS, 0, ThroughputOptions::keys),
        MANY_KEYS("callers with 10,000 keys", "", SKUS, 0, ThroughputOptions::keys),
        LOCKS("with LOCKS_ENABLED", "--inventory.disk.locks-enabled=true", SKUS, 0, ThroughputOptions::locks),
        OTHER("the other jar", "", SKUS, 0, options -> options.other() != null),
        NOTHING("does nothing", "--spring.profiles.active=nothing", SKUS, 0, SERVICE.isIn),
        POSTGRES("PostgreSQL", "--spring.profiles.active=postgres", SKUS, 0, ThroughputOptions::postgres);

        private final String title;
        private final String argument;
        private final int skus;
        private final int events;

        @SuppressWarnings("ImmutableEnumChecker") // it has no state
        private final Predicate<ThroughputOptions> isIn;

        /** With so many SKUs, and so many events before it starts, in the format of this tree; 0 = it is filled by requests. */
        Kind(String title, String argument, int skus, int events, Predicate<ThroughputOptions> isIn) {
            this.title = title;
            this.argument = argument;
            this.skus = skus;
            this.events = events;
            this.isIn = isIn;
        }

        /** All that were asked for. */
        static List<Kind> of(ThroughputOptions options) {
            return Stream.of(values()).filter(kind -> kind.isIn.test(options)).toList();
        }

        /** How many SKUs it has. */
        int skus() {
            return skus;
        }

        /** Whether its SKUs are there only after so many requests: whatever it stores, only it knows the format. */
        boolean isFilledByRequests() {
            return events == 0 && this != NOTHING && !isWithKeys();
        }

        /** Whether it is the process of {@link #SERVICE}, with other callers: so nothing else differs. */
        boolean isWithKeys() {
            return this == KEYS || this == MANY_KEYS;
        }

        /** Whether it has routes for a load. */
        boolean takes(StockLoad load) {
            return this != POSTGRES || load.compareTo(StockLoad.HOLD) < 0;
        }

        /** What a table calls it. */
        String title() {
            return title;
        }
    }

    /** Starts one on a directory of its own and waits until it is ready. */
    static Contender start(Kind kind, Path work, ThroughputOptions options) throws IOException {
        Path data = Files.createDirectories(work.resolve(kind.name().toLowerCase(Locale.ROOT)));
        if (kind.events > 0) { // without HTTP, which is faster
            try (WritePathAlone path = WritePathAlone.open(data, InstantSource.system())) {
                path.fill(kind.skus, THREADS);
                path.writeAtRandom(kind.events - kind.skus, THREADS, kind.skus);
            }
        }
        Path slow = options.slowDisk();
        Map<String, String> slowed = slow == null || kind == Kind.NOTHING
                ? Map.of()
                : Map.of("LD_PRELOAD", slow.toString(), "SYNC_DELAY_US", "2000");
        Path jar = switch (kind) {
            case NOTHING, POSTGRES -> RIVALS;
            case OTHER -> Objects.requireNonNull(options.other());
            default -> options.jar();
        };
        List<String> jvm = Stream.of(options.jvm().split(" +", -1))
                .filter(option -> !option.isEmpty())
                .toList();
        ServiceProcess process = ServiceProcess.launchMeasured(jvm, jar, data, slowed, kind.argument);
        return new Contender(kind, process, List.of(process.uri()));
    }

    /**
     * The service with callers that show nothing, with callers that have 10 keys, and with ones that have 10,000: one process,
     * which asks nobody, but looks at a key that it gets as any other does. No two processes are as equal.
     */
    static List<Contender> withKeys(Path work, ThroughputOptions options) throws IOException {
        Path data = Files.createDirectories(work.resolve("service"));
        List<String> keys = ManyKeys.in(data, MANY, StockLoad.stores());
        ServiceProcess process =
                ServiceProcess.launchMeasured(List.of(), options.jar(), data, Map.of(), "--inventory.access.mode=open");
        URI uri = process.uri();
        List<URI> callers = keys.stream()
                .map(key -> URI.create(uri.toString().replace("//", "//" + key + "@")))
                .toList();
        return List.of(
                new Contender(Kind.SERVICE, process, List.of(uri)),
                new Contender(Kind.KEYS, process, callers.subList(0, FEW)),
                new Contender(Kind.MANY_KEYS, process, callers));
    }

    /** The service as one of its callers has it. */
    URI uri() {
        return callers.getFirst();
    }

    /** Endless requests of a load. */
    Requests requests(StockLoad load) {
        return load.requests(callers, kind.skus);
    }

    /** CPU time it has used, its child processes included: PostgreSQL has one for each connection. */
    Duration cpu() {
        return process.cpu();
    }

    /** Ends it by a signal, so that a database ends its own processes too. */
    @Override
    public void close() {
        if (kind.isWithKeys()) {
            return;
        }
        try {
            int _ = process.terminate();
        } catch (IOException e) {
            process.kill();
        }
    }
}
