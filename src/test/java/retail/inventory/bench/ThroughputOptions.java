package retail.inventory.bench;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What {@code bench/run} was asked for, where it says what each option means. */
@Command(name = "bench/run")
interface ThroughputOptions {

    @Parameters(arity = "0..1", defaultValue = "target")
    Path directory();

    @Option(names = "--only", split = ",", defaultValue = "adjust-many,adjust-one,reserve,read,mixed,hold,basket")
    Set<StockLoad> loads();

    @Option(names = "--starts", defaultValue = "1")
    int starts();

    @Option(names = "--rounds", defaultValue = "5")
    int rounds();

    @Option(names = "--seconds", defaultValue = "5")
    int seconds();

    @Option(names = "--half", defaultValue = "0")
    int half();

    @Option(names = "--jvm", defaultValue = "")
    String jvm();

    @Option(names = "--jar", defaultValue = "target/inventory-service.jar")
    Path jar();

    @Option(names = "--other")
    @Nullable
    Path other();

    @Option(names = "--slow-disk")
    @Nullable
    Path slowDisk();

    @Option(names = "--skus")
    boolean skus();

    @Option(names = "--events")
    boolean events();

    @Option(names = "--postgres")
    boolean postgres();

    @Option(names = "--locks")
    boolean locks();

    @Option(names = "--keys")
    boolean keys();

    @Option(names = "--check")
    boolean check();

    /** Reads them.
     *
     * @throws ParameterException when they are not understood */
    static ThroughputOptions of(String... args) {
        ThroughputOptions options = CommandLine.populateSpec(ThroughputOptions.class, args);
        if (IntStream.of(options.starts(), options.rounds(), options.seconds(), options.half() + 1)
                .anyMatch(number -> number < 1)) {
            throw new ParameterException(new CommandLine(ThroughputOptions.class), "numbers are at least 1");
        }
        return options;
    }
}
