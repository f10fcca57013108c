package retail.inventory.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.access.KeyFile;
import retail.inventory.files.RealDisk;

class KeyVerifyCommandTest {

    @TempDir
    private Path data;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int key(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("key"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data-dir", data.toString()));
        return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private int create() {
        return key("create", "--name", "till-7", "--role", "till", "--store", "S1");
    }

    @Test
    void verifiesTheTrailOfWhatWasDone() throws IOException {
        assertThat(key("verify")).isEqualTo(1);
        assertThat(err.toString()).startsWith("There is no line of a trail in ");
        create();
        assertThat(key("rotate", "till-7", "--grace", "24h")).isZero();
        assertThat(key("revoke", "till-7")).isZero();
        assertThat(key("verify")).isZero();
        assertThat(out.toString())
                .matches("3 lines from 20\\S+Z to 20\\S+Z" + System.lineSeparator() + "head [0-9a-f]{64}\\s+");
        String head = out.toString().strip().replaceFirst("(?s).*head ", "");
        assertThat(key("verify", "--head", head)).isZero();
        Path file = trail();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 2));
        assertThat(key("verify")).as("the chain alone does not tell").isZero();
        assertThat(key("verify", "--head", head)).isEqualTo(1);
        assertThat(err.toString()).contains("No line of the trail has the hash " + head);
        Files.write(file, lines);
        String id = KeyFile.in(new RealDisk(), data).read().all().getFirst().id();
        assertThat(lines.get(0))
                .contains("\"key-create\",\"by\":\"command\",\"key\":\"" + id + "\",\"name\":\"till-7\"")
                .contains("\"may\":\"read,adjust,reserve for S1\",\"until\":\"revoked\"");
        assertThat(lines.get(1)).contains("\"key-rotate\"");
        assertThat(lines.get(2)).contains("\"key-revoke\"");

        Files.writeString(file, "{\"format\"", StandardOpenOption.APPEND);
        assertThat(key("verify")).isZero();
        assertThat(err.toString()).startsWith("9 bytes behind the last line");

        Files.write(file, List.of(lines.get(0), lines.get(2)));
        assertThat(key("verify")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Line 2 of " + file + " does not follow the line before it")
                .doesNotContain("Exception");
        Files.write(file, lines.subList(1, 3));
        assertThat(key("verify")).isZero();
        assertThat(out.toString()).contains("; those before are not kept");
    }

    @Test
    void doesNothingThatTheTrailCannotHave() throws IOException {
        Files.createDirectories(data.resolve("access/trail-9999-12-31.jsonl")); // cannot be written
        assertThat(create()).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("The trail of acts in " + data.resolve("access") + " cannot be written")
                .contains("\"key-create\" is not done without it");
        assertThat(out.toString()).isEmpty();
        assertThat(data.resolve("access/keys.jsonl")).doesNotExist();
    }

    private Path trail() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("access"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("trail-2"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
