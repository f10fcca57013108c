package retail.inventory.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import retail.inventory.files.RealDisk;

/** {@code backup}: see {@link Backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Copies the data of a service, running or not, so that a service can start on the copy: it has all that was"
                    + " acknowledged before.",
            "What a service does on the copy is another history, with a log id of its own."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:copied", "1:not copied, or not whole", "2:arguments not understood"})
final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DATA_DIR", description = "the data directory of the service")
    private Path data = Path.of("");

    @Parameters(index = "1", paramLabel = "TARGET", description = "a directory that is not there yet")
    private Path target = Path.of("");

    @Override
    public Integer call() throws IOException {
        Progress progress = Progress.of(spec.commandLine().getErr());
        long durable = new Backup(new RealDisk(), data, target, progress).run();
        spec.commandLine().getOut().println(target + " has at least what was durable, through sequence " + durable);
        return 0;
    }
}
