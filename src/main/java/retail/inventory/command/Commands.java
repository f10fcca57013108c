package retail.inventory.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import retail.inventory.access.KeyFileDamagedException;
import retail.inventory.access.KeyRefusedException;
import retail.inventory.access.TrailDamagedException;
import retail.inventory.access.TrailUnwrittenException;

/** The root of all commands; each is a class beside it. */
@Command(
        name = "java -jar inventory-service.jar",
        description = "Without a command it starts the service. Its commands, which need no service of their own:",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            KeyCommand.class,
            BackupCommand.class,
            VerifyCommand.class,
            ProveCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Commands {

    private static final Set<String> ABOUT_COMMANDS = Set.of("-h", "--help", "-V", "--version");

    private Commands() {}

    /** Whether a process is started for a command; otherwise its arguments are settings of the service. */
    public static boolean areMeantBy(String... args) {
        return args.length > 0 && (!args[0].startsWith("-") || ABOUT_COMMANDS.contains(args[0]));
    }

    /** Runs a command of a process; its exit code. */
    public static int run(String... args) {
        return run(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                args);
    }

    /**
     * Runs a command.
     *
     * @param out where its result goes
     * @param err where progress and errors go
     * @return the exit code of the process
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Commands())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Commands::failed)
                .execute(args);
    }

    /** What the file system or the network refuses is told in a line; anything else is a defect. */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof RefusedException refused) {
            command.getErr().println(e.getMessage());
            return refused.exitCode();
        }
        if (e instanceof KeyRefusedException
                || e instanceof KeyFileDamagedException
                || e instanceof TrailUnwrittenException
                || e instanceof TrailDamagedException) {
            command.getErr().println(e.getMessage());
        } else if (e instanceof IOException) {
            command.getErr().println(e);
        } else {
            throw e;
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
