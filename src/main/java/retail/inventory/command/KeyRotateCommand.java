package retail.inventory.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import retail.inventory.access.KeyRecord;

/** {@code key rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Gives a key another text and prints it, once. The identity stays the same: its id, what it may do, its"
                    + " idempotency keys.",
            "The text that it had works on for a while, one before that does not."
        })
final class KeyRotateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KeyCommand.Where where = new KeyCommand.Where();

    @Parameters(paramLabel = "KEY", description = "its id or its name")
    private String key = "";

    @Option(
            names = "--grace",
            required = true,
            paramLabel = "TIME",
            description = "how long the text that it has now works on, such as 24h; 0 when it is known to others")
    private String grace = "";

    @Option(names = "--out", paramLabel = "FILE", description = "writes the key there instead of printing it")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Duration lasts = KeyCommand.duration("--grace", grace);
        KeyDelivery delivery = new KeyDelivery(out, true);
        KeyRecord rotated = where.issuer().rotate(key, lasts, delivery);
        delivery.done(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                "Key " + rotated.name() + " (" + rotated.id() + ") has another text; the one before "
                        + (lasts.isZero() ? "works no more." : "works for " + grace + " more."));
        return 0;
    }
}
