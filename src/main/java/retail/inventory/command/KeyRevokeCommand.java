package retail.inventory.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import retail.inventory.access.KeyRecord;

/** {@code key revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Ends a key for good. A service at work refuses it within two seconds.")
final class KeyRevokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KeyCommand.Where where = new KeyCommand.Where();

    @Parameters(paramLabel = "KEY", description = "its id or its name")
    private String key = "";

    @Override
    public Integer call() throws IOException {
        KeyRecord revoked = where.issuer().revoke(key);
        spec.commandLine().getOut().println("Key " + revoked.name() + " (" + revoked.id() + ") is revoked.");
        return 0;
    }
}
