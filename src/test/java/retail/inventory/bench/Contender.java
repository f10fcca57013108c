package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import retail.inventory.lab.ServiceProcess;

/** A process that takes part in a comparison: the service, another build of it, or a rival behind the same routes. */
final class Contender implements AutoCloseable {

    private static final Path RIVALS = Path.of("bench/rivals/target/inventory-rivals.jar");
    private static final int SKUS = 100_000;
    private static final int THREADS = 256;

    private final Kind kind;
    private final ServiceProcess process;

    /** Who can take part; of those who do, the first is compared with each of the others. */
    enum Kind {
        SERVICE("the service", "", SKUS, 0),
        MILLION("1,000,000 SKUs", "", 1_000_000, 1_000_000),
        AGED("after 10,000,000 events", "", 1_000, 10_000_000),
        THOUSAND("1,000 SKUs", "", 1_000, 1_000),
        FRESH("after 10,000 events", "", 1_000, 10_000),
        LOCKS("with LOCKS_ENABLED", "--inventory.disk.locks-enabled=true", SKUS, 0),
        OTHER("the other jar", "", SKUS, 0),
        NOTHING("does nothing", "--spring.profiles.active=nothing", SKUS, 0),
        POSTGRES("PostgreSQL", "--spring.profiles.active=postgres", SKUS, 0);

        private final String title;
        private final String argument;
        private final int skus;
        private final int events;

        /** With so many SKUs, and so many events before it starts, in the format of this tree; 0 = it is filled by requests. */
        Kind(String title, String argument, int skus, int events) {
            this.title = title;
            this.argument = argument;
            this.skus = skus;
            this.events = events;
        }

        /** How many SKUs it has. */
        int skus() {
            return skus;
        }

        /** Whether its SKUs are there only after so many requests: whatever it stores, only it knows the format. */
        boolean isFilledByRequests() {
            return events == 0 && this != NOTHING;
        }

        /** What a table calls it. */
        String title() {
            return title;
        }
    }

    private Contender(Kind kind, ServiceProcess process) {
        this.kind = kind;
        this.process = process;
    }

    /** Starts one on a directory of its own and waits until it is ready. */
    static Contender start(Kind kind, Path work, ThroughputOptions options) throws IOException, InterruptedException {
        Path data = Files.createDirectories(work.resolve(kind.name().toLowerCase(Locale.ROOT)));
        if (kind.events > 0) {
            write(kind, data);
        }
        Map<String, String> slowed = options.slowDisk() == null || kind == Kind.NOTHING
                ? Map.of()
                : Map.of("LD_PRELOAD", options.slowDisk().toString(), "SYNC_DELAY_US", "2000");
        String[] arguments = kind.argument.isEmpty() ? new String[0] : new String[] {kind.argument};
        ServiceProcess process =
                ServiceProcess.launchMeasured(options.jvm(), jar(kind, options), data, slowed, arguments);
        process.uri();
        return new Contender(kind, process);
    }

    private static Path jar(Kind kind, ThroughputOptions options) {
        return switch (kind) {
            case NOTHING, POSTGRES -> RIVALS;
            case OTHER -> options.other();
            default -> options.jar();
        };
    }

    /** Its stock, without HTTP, which is faster. */
    private static void write(Kind kind, Path data) throws IOException, InterruptedException {
        try (WritePathAlone path = WritePathAlone.open(data, InstantSource.system())) {
            path.fill(kind.skus, THREADS);
            path.writeAtRandom(kind.events - kind.skus, THREADS, kind.skus);
        }
    }

    Kind kind() {
        return kind;
    }

    URI uri() {
        return process.uri();
    }

    /** CPU time it has used, its child processes included: PostgreSQL has one for each connection. */
    Duration cpu() {
        return process.cpu();
    }

    /** Ends it by a signal, so that a database ends its own processes too. */
    @Override
    public void close() {
        try {
            int _ = process.terminate();
        } catch (IOException e) {
            process.kill();
        }
    }
}
