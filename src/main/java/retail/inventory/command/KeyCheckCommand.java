package retail.inventory.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import retail.inventory.access.KeyText;

/** {@code key check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says whether a key was mistyped or cut off, by its checksum; not whether it is known.")
final class KeyCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "the key; left out, it is read from standard input, which no history of a shell keeps")
    private @Nullable String text;

    @Override
    public Integer call() throws IOException {
        String checked = text == null ? firstLine() : text;
        String fault = KeyText.fault(checked);
        spec.commandLine().getOut().println(fault == null ? "This is the text of a key, as it was made." : fault);
        return fault == null ? 0 : 1;
    }

    private static String firstLine() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String line = in.readLine();
        return line == null ? "" : line.strip();
    }
}
