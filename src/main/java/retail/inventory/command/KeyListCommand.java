package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import retail.inventory.access.KeyRecord;

/** {@code key list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the keys that can be used: id, name, last four characters, end, what each may do.")
final class KeyListCommand implements Callable<Integer> {

    private static final String FORMAT = "%-12s  %-20s  %-5s  %-20s  %s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KeyCommand.Where where = new KeyCommand.Where();

    @Option(names = "--all", description = "those that were revoked or have expired as well")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        List<KeyRecord> keys = where.file().read().all().stream()
                .filter(key -> all || key.isAlive(now))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, FORMAT, "id", "name", "last", "ends", "may");
        for (KeyRecord key : keys) {
            out.printf(
                    Locale.ROOT, FORMAT, key.id(), key.name(), key.lastFour(), end(key, now), KeyCommand.grants(key));
        }
        out.flush();
        return 0;
    }

    private static String end(KeyRecord key, Instant now) {
        return !key.isAlive(now)
                ? key.state(now)
                : key.expires() == null ? "never" : key.expires().toString();
    }
}
