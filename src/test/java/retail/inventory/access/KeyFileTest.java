package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.DiskHook;
import retail.inventory.files.RealDisk;
import retail.inventory.files.SimDisk;

class KeyFileTest {

    private static final String ID = "abcdefghij01";

    @TempDir
    private Path data;

    private KeyFile file;

    @BeforeEach
    void open() {
        file = KeyFile.in(new RealDisk(), data);
    }

    private static void add(KeyFile to, KeyLine line) throws IOException {
        to.change((records, addition) -> {
            addition.add(line);
            return true;
        });
    }

    private static KeyLine created(String id) {
        return AnyKeyLines.created(id, "till-" + id, "invk_" + id);
    }

    private static List<String> ids(KeyRecords records) {
        return records.all().stream().map(KeyRecord::id).toList();
    }

    private void append(String text) throws IOException {
        Files.writeString(file.path(), text, StandardOpenOption.APPEND);
    }

    @Test
    void saysWhatWasAdded() throws IOException {
        assertThat(file.read().isEmpty()).isTrue();
        add(file, created(ID));
        add(file, created("abcdefghij02"));
        add(file, new KeyLine.Revoked(Instant.EPOCH, ID));
        add(file, new KeyLine.Denied(Instant.EPOCH, "jwt:1:carl"));
        KeyRecords records = file.read();
        assertThat(ids(records)).containsExactly(ID, "abcdefghij02");
        assertThat(records.withId(ID))
                .isNotNull()
                .extracting(key -> key.isAlive(Instant.EPOCH))
                .isEqualTo(false);
        assertThat(records.denies("jwt:1:carl")).isTrue();
        assertThat(records.denies("jwt:1:anna")).isFalse();
        assertThat(records.isEmpty()).isFalse();
        assertThat(Files.readString(file.path())).endsWith("\n").hasLineCount(4);
        assertThat(KeyFile.at(new RealDisk(), file.path()).read().all()).hasSize(2);
    }

    @Test
    void onlyASubjectIsSomethingToo() throws IOException {
        add(file, new KeyLine.Denied(Instant.EPOCH, "jwt:1:carl"));
        assertThat(file.read().isEmpty()).isFalse();
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        add(file, created(ID));
        add(file, created("abcdefghij02"));
        assertThat(file.path()).isEqualTo(data.resolve("access").resolve("keys.jsonl"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("access"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aTornLastLineDoesNotCountAndIsWrittenOver() throws IOException {
        add(file, created(ID));
        String whole = Files.readString(file.path());
        append(whole.substring(0, whole.length() - 1).replace("01", "02"));
        assertThat(ids(file.read())).containsExactly(ID);
        add(file, created("abcdefghij03"));
        assertThat(ids(file.read())).containsExactly(ID, "abcdefghij03");
        assertThat(Files.readString(file.path())).hasLineCount(2);
    }

    @Test
    void aTornFirstLineDoesNotCountAndIsWrittenOver() throws IOException {
        add(file, created(ID));
        String whole = Files.readString(file.path());
        Files.writeString(file.path(), whole.substring(0, 20));
        assertThat(file.read().isEmpty()).isTrue();
        add(file, created("abcdefghij03"));
        assertThat(ids(file.read())).containsExactly("abcdefghij03");
    }

    @Test
    void emptyLinesAreNothing() throws IOException {
        add(file, created(ID));
        append("\n\n");
        add(file, created("abcdefghij03"));
        assertThat(ids(file.read())).containsExactly(ID, "abcdefghij03");
    }

    @Test
    void aDamagedLineIsTheWholeFile() throws IOException {
        add(file, created(ID));
        append("{\"op\":\"revoke\"\n");
        byte[] before = Files.readAllBytes(file.path());
        assertThatThrownBy(file::read)
                .isInstanceOf(KeyFileDamagedException.class)
                .hasMessage("Line 2 of " + file.path() + " is damaged: it is too short");
        assertThatThrownBy(() -> add(file, created("abcdefghij03"))).isInstanceOf(KeyFileDamagedException.class);
        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    }

    @Test
    void linesThatContradictEachOtherAreDamage() throws IOException {
        add(file, created(ID));
        add(file, created(ID));
        assertThatThrownBy(file::read)
                .isInstanceOf(KeyFileDamagedException.class)
                .hasMessageEndingWith("contradicts itself: key " + ID + " was made before");
        Files.delete(file.path());
        add(file, new KeyLine.Revoked(Instant.EPOCH, ID));
        assertThatThrownBy(file::read).hasMessageEndingWith("there is no key " + ID);
    }

    @Test
    void severalWritersLoseNothing() throws Exception {
        int writers = 8;
        try (var threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String id = "abcdefghij" + (10 + i);
                work.add(() -> {
                    add(file, created(id));
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(ids(file.read())).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void whatWasAddedOutlivesAPowerCut() throws IOException {
        Files.createDirectories(data.resolve("access")); // where the real lock is
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SimDisk disk = new SimDisk();
            disk.hook(DiskHook.failingAt(1 + random.nextInt(60), true));
            int added = 0;
            try {
                while (true) {
                    add(KeyFile.in(disk, data), created("abcdefghij" + (10 + added)));
                    added++;
                }
            } catch (IOException powerIsGone) {
                KeyFile after = KeyFile.in(disk.crash(random), data);
                List<String> ids = ids(after.read());
                assertThat(ids.size()).as("seed " + seed).isBetween(added, added + 1);
                add(after, created("next00000000"));
                List<String> next = new ArrayList<>(ids);
                next.add("next00000000");
                assertThat(ids(after.read())).isEqualTo(next);
            }
        }
    }

    @Test
    void aFileThatIsNotTextIsDamaged() throws IOException {
        Files.createDirectories(file.path().getParent());
        Files.write(file.path(), "äö\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(file::read).isInstanceOf(KeyFileDamagedException.class);
    }
}
