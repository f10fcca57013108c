package retail.inventory.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.Checksum;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;

/** What {@code backup} copies, in which order, and when it does not; a service under load is for {@code BackupIT}. */
class BackupTest {

    private static final Path DATA = Path.of("/data");
    private static final Path COPY = Path.of("/copies/copy");

    private final SimDisk disk = new SimDisk();
    private final List<String> opened = new ArrayList<>();

    @BeforeEach
    void directory() {
        put("inventory/checkpoint");
        put("inventory/~checkpoint.json");
        put("inventory/STORE001.json");
        put("inventory/records-000001.jsonl");
        put("inventory/records-000002.jsonl.damaged");
        put("central/central-00000000000000000002.json");
        put("central/central-00000000000000000003.json.tmp");
        put("dead-letter/central.jsonl");
        put("wal/00000000000000000001.jsonl", "{one}\n{two}\n");
        put("wal/durable", "{\"durable\":\"00000000000000000042\",\"crc\":\"01234567\"}\n");
        put("wal/identity");
        put("wal/keys");
        put("wal/00000000000000000001.torn-7");
        put("archive/00000000000000000000.jsonl.gz");
        put(".lock");
        put("access/keys.jsonl"); // whoever restores a copy is not given keys by that
        put("access/keys.lock");
        put("access/trail-2026-12-01.jsonl");
        put("access/trail.lock");
    }

    @Test
    void copiesEachThingAfterThoseThatMayNotBeAheadOfIt() throws IOException {
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE) {
                opened.add(COPY.relativize(file).toString());
            }
        });

        assertThat(backup()).isEqualTo(42);

        assertThat(opened.stream().distinct())
                .containsExactly(
                        "inventory/checkpoint",
                        "inventory/~checkpoint.json",
                        "inventory/STORE001.json",
                        "inventory/records-000001.jsonl",
                        "central/central-00000000000000000002.json",
                        "dead-letter/central.jsonl",
                        "wal/durable",
                        "wal/00000000000000000001.jsonl",
                        "archive/00000000000000000000.jsonl.gz");
        SimDisk afterPowerCut = disk.crash(new Random(1));
        assertThat(afterPowerCut.list(COPY.resolve("wal")))
                .as("without the log's identity")
                .containsExactly("00000000000000000001.jsonl", "durable");
        assertThat(new String(
                        afterPowerCut.read(COPY.resolve("wal/00000000000000000001.jsonl")), StandardCharsets.UTF_8))
                .isEqualTo("{one}\n{two}\n");
    }

    @Test
    void takesTheLinesBeforeTheFirstEmptyOne() throws IOException {
        put("wal/00000000000000000001.jsonl", "{one}\n{two}\n\n\n{three}\n\n");
        put("wal/00000000000000000004.jsonl", "\n\n\n");
        put("wal/00000000000000000005.jsonl", "{five}\n{torn");
        put(
                "wal/00000000000000000006.jsonl",
                "x".repeat((1 << 20) - 1) + "\n\nroom"); // an empty line between two reads

        backup();

        assertThat(copied("wal/00000000000000000001.jsonl")).isEqualTo("{one}\n{two}\n");
        assertThat(copied("wal/00000000000000000004.jsonl")).isEmpty();
        assertThat(copied("wal/00000000000000000005.jsonl")).isEqualTo("{five}\n{torn");
        assertThat(copied("wal/00000000000000000006.jsonl")).hasSize(1 << 20).endsWith("x\n");
    }

    @Test
    void takesInventoryFilesThatAreSplitOffMeanwhile() throws IOException {
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.endsWith("records-000001.jsonl")) {
                put("inventory/records-000003.jsonl");
            }
        });

        backup();

        assertThat(copied("inventory/records-000003.jsonl")).isEqualTo("inventory/records-000003.jsonl");
    }

    /** Only what the checkpoint lists counts, and a checkpoint that is copied too early lists what is gone. */
    @Test
    void takesTheFilesOfHoldsThatItsCheckpointLists() throws IOException {
        checkpoint(1, 2);
        put("inventory/holds-000001.jsonl");
        put("inventory/holds-000002.jsonl");
        put("inventory/holds-000009.jsonl");
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.equals(COPY.resolve("inventory/holds-000001.jsonl"))) {
                disk.remove(DATA.resolve("inventory/holds-000002.jsonl"));
                put("inventory/holds-000003.jsonl");
                checkpoint(1, 3);
            }
        });

        backup();

        assertThat(disk.list(COPY.resolve("inventory")))
                .contains("holds-000001.jsonl", "holds-000003.jsonl")
                .doesNotContain("holds-000002.jsonl", "holds-000009.jsonl");
        assertThat(copied("inventory/checkpoint")).contains("{\"file\":3,");
        assertThat(copied("inventory/holds-000001.jsonl")).isEqualTo("inventory/holds-000001.jsonl");
    }

    @Test
    void endsThoughAFileOfHoldsIsMissing() throws IOException {
        checkpoint(1, 2);
        put("inventory/holds-000001.jsonl");

        backup();

        assertThat(disk.list(COPY.resolve("inventory"))).contains("holds-000001.jsonl");
    }

    private void checkpoint(int... holds) {
        String files = Arrays.stream(holds)
                .mapToObj(number -> "{\"file\":" + number + ",\"bytes\":1,\"crc\":\"00000000\"}")
                .collect(Collectors.joining(","));
        String object = "{\"format\":4,\"through\":1,\"records\":0,\"holds\":[" + files + "]";
        byte[] sealed = Arrays.copyOf(object.getBytes(StandardCharsets.UTF_8), object.length() + Checksum.BYTES);
        Checksum.append(sealed, 0, object.length());
        put("inventory/checkpoint", new String(sealed, StandardCharsets.UTF_8) + "\n");
    }

    @Test
    void doesWithoutFilesThatGoAwayMeanwhile() throws IOException {
        put("wal/00000000000000000004.jsonl");
        disk.hook((operation, file) -> {
            if (operation == Operation.WRITE && file.equals(COPY.resolve("wal/00000000000000000001.jsonl"))) {
                disk.remove(DATA.resolve("wal/00000000000000000004.jsonl")); // listed, but then put into the archive
                put("archive/00000000000000000004.jsonl.gz");
            }
        });

        backup();

        assertThat(disk.list(COPY.resolve("wal"))).containsExactly("00000000000000000001.jsonl", "durable");
        assertThat(copied("archive/00000000000000000004.jsonl.gz")).isEqualTo("archive/00000000000000000004.jsonl.gz");
    }

    @Test
    void refusesATargetThatIsThereAndADirectoryWithoutALog() {
        disk.put(COPY.resolve("anything"), new byte[1]);
        assertThatThrownBy(() -> new Backup(disk, DATA, COPY.resolve("anything"), progress()).run())
                .hasMessage("/copies/copy/anything is there already");
        assertThatThrownBy(() -> new Backup(disk, Path.of("/other"), Path.of("/copies/new"), progress()).run())
                .hasMessage("there is no log in /other");
    }

    @Test
    void saysThatACopyIsNotWhole() {
        disk.hook((operation, file) -> {
            if (operation == Operation.FORCE && file.startsWith(COPY.resolve("wal"))) {
                throw new IOException("No space left on device");
            }
        });

        assertThatThrownBy(this::backup)
                .hasMessageContaining("the copy in /copies/copy is not whole, delete it")
                .hasMessageContaining("No space left on device");
    }

    private long backup() throws IOException {
        return new Backup(disk, DATA, COPY, progress()).run();
    }

    private static Progress progress() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false, () -> 0);
    }

    private void put(String name) {
        put(name, name);
    }

    private void put(String name, String content) {
        disk.put(DATA.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private String copied(String name) throws IOException {
        return new String(disk.read(COPY.resolve(name)), StandardCharsets.UTF_8);
    }
}
