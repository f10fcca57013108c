package retail.inventory.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retail.inventory.access.Grant;
import retail.inventory.access.KeyFile;
import retail.inventory.access.KeyRecord;
import retail.inventory.access.KeyText;
import retail.inventory.access.Operation;
import retail.inventory.files.RealDisk;

class KeyCommandTest {

    @TempDir
    private Path directory;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private Path data() {
        return directory.resolve("data");
    }

    private int key(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("key"));
        all.addAll(List.of(arguments));
        if (!arguments[0].equals("check")) {
            all.addAll(List.of("--data-dir", data().toString()));
        }
        return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private int create(String more) {
        return key(("create --name till-7 " + more).split(" "));
    }

    private KeyRecord only() throws IOException {
        List<KeyRecord> all = KeyFile.in(new RealDisk(), data()).read().all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void createsAKeyAndPrintsItOnce() throws IOException {
        assertThat(create("--role till --store STORE001,DE-*")).isZero();
        String text = out.toString().strip();
        assertThat(KeyText.fault(text)).isNull();
        assertThat(only().lastFour()).isEqualTo(text.substring(63));
        assertThat(only().grants())
                .containsExactly(new Grant(
                        List.of("STORE001", "DE-*"), Set.of(Operation.READ, Operation.RESERVE, Operation.ADJUST)));
        assertThat(only().role()).isEqualTo("till");
        assertThat(err.toString().strip())
                .isEqualTo("Key till-7 (" + only().id() + ") may read,adjust,reserve for DE-*,STORE001, until it is"
                        + " revoked. This is the only time that it is shown:");
        assertThat(Files.readString(data().resolve("access/keys.jsonl"))).doesNotContain(text.substring(18, 61));
    }

    @Test
    void roleAndOperationsAddUp() throws IOException {
        assertThat(create("--role counter --can adjust --can open,feed --store S1"))
                .isZero();
        assertThat(only().grants().getFirst().words()).containsExactly("read", "adjust", "count", "open", "feed");
    }

    @Test
    void rolesOfNoUseElsewhereAreForAllStores() throws IOException {
        assertThat(create("--role shop")).isZero();
        assertThat(only().grants().getFirst().stores()).containsExactly("*");
    }

    @Test
    void aKeyEndsWhenItIsTold() throws IOException {
        assertThat(create("--role till --store S1 --expires 400d")).isZero();
        assertThat(only().expires())
                .isBetween(
                        Instant.now().plus(399, ChronoUnit.DAYS), Instant.now().plus(400, ChronoUnit.DAYS));
        assertThat(key("create", "--name", "b", "--role", "till", "--store", "S", "--expires", "2999-01-01T00:00:00Z"))
                .isZero();
        assertThat(err.toString()).contains("until 2999-01-01T00:00:00Z.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "--role till | 2 | Say for which stores: --store STORE001, --store 'DE-*', or --store '*' for all.",
                "--store S1 | 2 | Say what the key may do: --role till|counter|store-office|shop|integration|prometheus|ops|admin, or --can.",
                "--role tills --store S1 | 2 | There is no role \"tills\": there are till, counter,",
                "--can write --store S1 | 2 | There is no operation \"write\": there are read, adjust,",
                "--role ops --store S1 | 2 | name all stores: grant it for the store *, or leave it out.",
                "--can metrics --store DE-* | 2 | The answers of metrics name all stores",
                "--can read --store *E | 2 | A store is the id of a store",
                "--role till --store S1 --expires soon | 2 | --expires is a number and s, m, h or d, such as 24h or 400d, not \"soon\".",
                "--role till --store S1 --expires 9 | 2 | --expires is a number and",
                "--role till --store S1 --expires 2026-13-01Z | 2 | --expires is a time such as 400d or 2027-12-01T00:00:00Z",
                "--role till --store S1 --expires 2020-01-01T00:00:00Z | 1 | name a later time",
                "--role till --store S1 --expires 0 | 1 | name a later time",
            })
    void refusesWithASentenceThatSaysWhatToDo(String arguments, int exitCode, String sentence) {
        assertThat(create(arguments)).isEqualTo(exitCode);
        assertThat(err.toString()).contains(sentence).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
        assertThat(data().resolve("access/keys.jsonl")).doesNotExist();
    }

    @Test
    void aNameIsGivenOnce() throws IOException {
        create("--role till --store S1");
        assertThat(create("--role till --store S1")).isEqualTo(1);
        assertThat(err.toString()).startsWith("There is a key till-7 (" + only().id() + "): rotate or revoke that one");
        assertThat(create("--role till --store S1 --if-none")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("There is a key till-7 (" + only().id() + ") already.");
    }

    @Test
    void writesTheKeyToAFileForItsOwner() throws IOException {
        Path file = directory.resolve("till-7.key");
        assertThat(create("--role till --store S1 --if-none --out " + file)).isZero();
        assertThat(out.toString()).isEmpty();
        String text = Files.readString(file);
        assertThat(KeyText.fault(text.strip())).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(err.toString()).contains("It is in " + file + ".").doesNotContain(text.strip());

        assertThat(create("--role till --store S1 --if-none --out " + file))
                .as("again")
                .isZero();
        assertThat(file).content().isEqualTo(text);

        Files.delete(file);
        assertThat(create("--role till --store S1 --if-none --out " + file)).isEqualTo(1);
        assertThat(err.toString()).contains("nobody can tell its text any more: key rotate till-7 --out " + file);
        assertThat(key("rotate", "till-7", "--grace", "0", "--out", file.toString()))
                .isZero();
        assertThat(only().lastFour()).isEqualTo(Files.readString(file).strip().substring(63));
    }

    @Test
    void doesNotWriteOverAFile() throws IOException {
        Path file = directory.resolve("precious");
        Files.writeString(file, "precious");
        assertThat(create("--role till --store S1 --out " + file)).isEqualTo(1);
        assertThat(err.toString()).contains(file + " is there already: delete it, or name another file.");
        assertThat(file).content().isEqualTo("precious");
        assertThat(data().resolve("access/keys.jsonl")).doesNotExist();
    }

    @Test
    void rotatesListsAndRevokes() throws IOException {
        create("--role till --store S1");
        String first = out.toString().strip();
        assertThat(key("rotate", "till-7", "--grace", "24h")).isZero();
        String second = out.toString().strip();
        assertThat(second).isNotEqualTo(first).startsWith(first.substring(0, 18));
        assertThat(KeyText.fault(second)).isNull();
        assertThat(err.toString()).contains("the one before works for 24h more.");

        assertThat(key("list")).isZero();
        assertThat(out.toString().lines().toList().getLast().split("  +"))
                .containsExactly(only().id(), "till-7", second.substring(63), "never", "read,adjust,reserve for S1");

        assertThat(key("revoke", only().id())).isZero();
        assertThat(out.toString()).contains("Key till-7 (" + only().id() + ") is revoked.");
        assertThat(key("list")).isZero();
        assertThat(out.toString()).hasLineCount(1);
        assertThat(key("list", "--all")).isZero();
        assertThat(out.toString()).contains("revoked");
        assertThat(key("revoke", "till-7")).isEqualTo(1);
        assertThat(err.toString()).contains("works no more: make a new one with key create.");
        assertThat(key("rotate", "till-8", "--grace", "1h")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no key with this id or name");
        assertThat(key("rotate", "till-8", "--grace", "a day")).isEqualTo(2);
    }

    @Test
    void checksForTypingErrors() {
        create("--role till --store S1");
        String text = out.toString().strip();
        assertThat(key("check", text)).isZero();
        assertThat(out.toString()).contains("This is the text of a key");
        assertThat(key("check", text.substring(0, 66) + (text.endsWith("a") ? "b" : "a")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("Its checksum does not match");
        assertThat(key("check", "password")).isEqualTo(1);
    }

    @Test
    void refusesADamagedFile() throws IOException {
        create("--role till --store S1");
        Path file = data().resolve("access/keys.jsonl");
        Files.writeString(file, "x\n");
        assertThat(key("list")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Line 1 of " + file + " is damaged")
                .doesNotContain("Exception");
        assertThat(create("--role till --store S1")).isEqualTo(1);
        assertThat(file).content().isEqualTo("x\n");
    }
}
