package retail.inventory.command;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import retail.inventory.prove.Proof;

/** {@code prove}: see {@link Proof}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks the promises of a running service from outside: nothing oversold, nothing lost, one effect per"
                    + " key, holds all or nothing, a complete feed, one history.",
            "Writes to stores of its own, PROVE-<random>, whose stock is 0 in the end; there is no way to delete them."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:proved", "1:failed", "2:arguments not understood, or no such service"})
final class ProveCommand implements Callable<Integer> {

    private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--base-url",
            required = true,
            paramLabel = "URL",
            description = "the service, such as http://localhost:3000")
    private URI baseUrl = URI.create("");

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "requests at work at once, 2 to 256" + DEFAULT)
    private int clients;

    @Option(
            names = "--stock",
            paramLabel = "N",
            defaultValue = "50",
            description = "units that four times as many requests want to have, 1 to 100000" + DEFAULT)
    private int stock;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "100",
            description = "idempotency keys that are sent five times each, 1 to 100000" + DEFAULT)
    private int keys;

    @Option(
            names = "--changes",
            paramLabel = "N",
            defaultValue = "300",
            description = "changes of three SKUs at once, 1 to 1000000" + DEFAULT)
    private int changes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "how long baskets of four SKUs are held, confirmed, released, extended, 1 to 86400" + DEFAULT)
    private int seconds;

    private Progress progress = Progress.NONE;

    @Override
    public Integer call() {
        require("--clients", clients, 2, 256);
        require("--stock", stock, 1, 100_000);
        require("--keys", keys, 1, 100_000);
        require("--changes", changes, 1, 1_000_000);
        require("--seconds", seconds, 1, 86_400);
        progress = Progress.of(spec.commandLine().getErr());
        Proof.Plan plan = new Proof.Plan(withoutSlash(baseUrl), clients, stock, keys, changes, seconds);
        try {
            Proof proof = new Proof(plan, this::tell, progress::reached);
            return proof.holds() ? 0 : 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private void tell(String line) {
        progress.clear();
        spec.commandLine().getOut().println(line);
    }

    private URI withoutSlash(URI url) {
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new ParameterException(spec.commandLine(), "--base-url is http://host:port");
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(spec.commandLine(), option + " is a whole number from " + min + " to " + max);
        }
    }
}
