package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import retail.inventory.access.TrailCheck;
import retail.inventory.files.RealDisk;

/** {@code key verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks that no line of the trail of acts was changed, moved or taken away, beside the service at work or not, and"
                    + " prints how many there are, of when, and the hash of the last one.",
            "That this hash is the one in the service's log, only you can tell: who has the files can make all of them anew."
        })
final class KeyVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KeyCommand.Where where = new KeyCommand.Where();

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "a hash from the service's log, which has to be that of a line: else the end was cut off")
    private @Nullable String head;

    @Override
    public Integer call() throws IOException {
        TrailCheck.Found found = TrailCheck.of(new RealDisk(), where.data(), head);
        PrintWriter out = spec.commandLine().getOut();
        if (found.lines() == 0) {
            throw new RefusedException(1, "There is no line of a trail in " + where.data() + ".");
        }
        if (head != null && !found.known()) {
            throw new RefusedException(
                    1,
                    "No line of the trail has the hash " + head
                            + ": lines at its end were taken away, or it was made anew; or that line is not kept any more.");
        }
        out.println(found.lines() + " lines from " + found.first() + " to " + found.last()
                + (found.whole() ? "" : "; those before are not kept"));
        out.println("head " + found.head());
        if (found.torn() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(found.torn()
                            + " bytes behind the last line are of one that is being written, or was torn.");
        }
        out.flush();
        return 0;
    }
}
