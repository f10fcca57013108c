package retail.inventory.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import retail.inventory.access.AuditTrail;
import retail.inventory.access.KeyFile;
import retail.inventory.access.KeyIssuer;
import retail.inventory.access.KeyRecord;
import retail.inventory.files.RealDisk;

/** {@code key}: the parent of what is done with keys, and what its children share. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes, lists, rotates and revokes the keys by which clients show who they are. Works whether the service is at"
                    + " work or not, which follows within two seconds.",
            "With the first key, everybody is asked for one."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeyCreateCommand.class,
            KeyListCommand.class,
            KeyRotateCommand.class,
            KeyRevokeCommand.class,
            KeyCheckCommand.class,
            KeyVerifyCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:done", "1:not done", "2:arguments not understood"})
final class KeyCommand {

    private static final Pattern TIME = Pattern.compile("(0|[1-9][0-9]{0,5})([smhd]?)");

    /** Which keys. */
    static final class Where {

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                defaultValue = "${env:DATA_DIR:-data}",
                description = "the data directory of the service (default: DATA_DIR, or data)")
        private Path data = Path.of("data");

        KeyFile file() {
            return KeyFile.in(new RealDisk(), data);
        }

        Path data() {
            return data;
        }

        KeyIssuer issuer() {
            InstantSource clock = InstantSource.system();
            return new KeyIssuer(file(), new AuditTrail(new RealDisk(), data, clock), clock, new SecureRandom());
        }
    }

    /** A length of time as it is typed: {@code 400d}, {@code 24h}, {@code 0}. */
    static Duration duration(String option, String text) throws IOException {
        Matcher time = TIME.matcher(text);
        if (!time.matches() || (time.group(2).isEmpty() && !text.equals("0"))) {
            throw new RefusedException(
                    2, option + " is a number and s, m, h or d, such as 24h or 400d, not \"" + text + "\".");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** What a key may do, in a line. */
    static String grants(KeyRecord key) {
        return key.grants().stream()
                .map(grant -> String.join(",", grant.words()) + " for " + String.join(",", grant.stores()))
                .collect(Collectors.joining("; "));
    }
}
