package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import retail.inventory.files.DirectoryUse;
import retail.inventory.files.RealDisk;

/** {@code verify}: see {@link Verification}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reads a whole data directory and says what is wrong in it, and where: each line of the log and its"
                    + " checksum, the order and sum of all changes, inventory files and snapshots, and whether each of"
                    + " these leads to the same stock and holds as the log.",
            "Changes nothing. No service may be at work in the directory: verify a copy, which backup makes of a"
                    + " running one."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {
            "0:all is right",
            "1:something is wrong",
            "2:arguments not understood, no data there, or a service is at work in it"
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DATA_DIR", description = "a data directory that no service uses, or a copy of one")
    private Path data = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (DirectoryUse.isInUse(data)) {
            throw new RefusedException(
                    2, "a service is at work in " + data + ": make a copy by the command backup, and verify that");
        }
        Progress progress = Progress.of(spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        return new Verification(new RealDisk(), data, out, progress).isRight() ? 0 : 1;
    }
}
