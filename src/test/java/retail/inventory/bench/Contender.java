package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import retail.inventory.process.ServiceProcess;

/** A process that takes part in a comparison: the service, another build of it, or a rival behind the same routes. */
final class Contender implements AutoCloseable {

    private static final Path RIVALS_JAR = Path.of("bench/rivals/target/inventory-rivals.jar");
    private static final Path SERVICE_JAR = Path.of("target/inventory-service.jar");

    private final Kind kind;
    private final ServiceProcess process;

    /** Who can take part. */
    enum Kind {
        SERVICE("the service", SERVICE_JAR, ""),
        NOTHING("does nothing", RIVALS_JAR, "--spring.profiles.active=nothing"),
        POSTGRES("PostgreSQL", RIVALS_JAR, "--spring.profiles.active=postgres"),
        LOCKS("with LOCKS_ENABLED", SERVICE_JAR, "--inventory.disk.locks-enabled=true"),
        OTHER("the other jar", SERVICE_JAR, "");

        private final String title;
        private final Path jar;
        private final String argument;

        Kind(String title, Path jar, String argument) {
            this.title = title;
            this.jar = jar;
            this.argument = argument;
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
    static Contender start(Kind kind, Path work, ThroughputOptions options) throws IOException {
        Path data = Files.createDirectories(work.resolve(kind.name().toLowerCase(Locale.ROOT)));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvm());
        command.addAll(List.of("-jar", (kind == Kind.OTHER ? options.other() : kind.jar).toString()));
        if (!kind.argument.isEmpty()) {
            command.add(kind.argument);
        }
        Map<String, String> variables = new HashMap<>(
                Map.of("PORT", "0", "DATA_DIR", data.toString(), "LOG_FORMAT", "text", "RATE_LIMIT_RPS", "0"));
        if (options.slowDisk() != null && kind != Kind.NOTHING) {
            variables.putAll(Map.of("LD_PRELOAD", options.slowDisk().toString(), "SYNC_DELAY_US", "2000"));
        }
        ServiceProcess process = ServiceProcess.launch(command, variables);
        process.uri();
        return new Contender(kind, process);
    }

    Kind kind() {
        return kind;
    }

    URI uri() {
        return process.uri();
    }

    ServiceProbe probe() {
        return new ServiceProbe(uri(), process.handle());
    }

    /** CPU time it has used, its child processes included: PostgreSQL has one for each connection. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.handle()), process.handle().descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Ends it by a signal, so that a database ends its own processes too. */
    @Override
    public void close() {
        try {
            process.signal("TERM");
        } catch (IOException e) {
            process.kill();
        }
        process.handle().onExit().join();
    }
}
