package retail.inventory.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have: when one is meant, help, exit codes. */
class CommandsTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"", "--inventory.role=api", "--server.port=0 backup", "--debug", "-Dx=y"})
    void theServiceStartsWithItsArguments(String arguments) {
        assertThat(Commands.areMeantBy(words(arguments))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup data copy", "help", "--help", "-h", "--version", "bakup"})
    void aCommandIsMeantByItsName(String arguments) {
        assertThat(Commands.areMeantBy(words(arguments))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "verify", "prove", "key"})
    void eachCommandIsListedAndTellsItsExitCodes(String command) {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: java -jar inventory-service.jar")
                .contains(command);
        assertThat(run("help " + command)).isZero();
        assertThat(out.toString()).contains("Exit code:");
        assertThat(run(command + " --version")).isZero();
        assertThat(out.toString()).contains("inventory-service ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bakup data",
                "backup",
                "backup data",
                "backup data copy more",
                "backup --fast data copy",
                "prove",
                "prove --base-url ftp://host",
                "prove --base-url http://host --clients 1",
                "prove --base-url http://host --stock none",
                "verify"
            })
    void argumentsThatAreNotUnderstoodAreExitCode2(String arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void whatIsRefusedIsALineAndExitCode1() {
        assertThat(run("backup " + directory + " " + directory.resolve("copy"))).isEqualTo(1);
        assertThat(err.toString()).isEqualToNormalizingNewlines("there is no log in " + directory + "\n");
    }

    @Test
    void aCopyIsItsOwnersAlone() throws Exception {
        Files.createDirectories(directory.resolve("data/wal"));
        Files.writeString(
                directory.resolve("data/wal/durable"), "{\"durable\":\"00000000000000000007\",\"crc\":\"x\"}");
        Path copy = directory.resolve("deep/copy");

        assertThat(run("backup " + directory.resolve("data") + " " + copy)).isZero();

        assertThat(out.toString()).contains(copy + " has at least what was durable, through sequence 7");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("wal/durable"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx------");
    }

    private int run(String arguments) {
        return Commands.run(new PrintWriter(out), new PrintWriter(err), words(arguments));
    }

    private static String[] words(String arguments) {
        return arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    }
}
