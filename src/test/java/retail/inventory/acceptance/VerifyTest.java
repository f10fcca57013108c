package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.command.Commands;

/** {@code verify} of what a service left: an archived segment, one in the log, an inventory file, snapshots; then spoilt. */
@Timeout(60)
class VerifyTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static String archived = "";
    private static String latest = "";

    @TempDir
    Path directory;

    private CopiedData data = new CopiedData(Path.of(""));
    private String told = "";

    @BeforeAll
    static void aServiceWasAtWork() throws IOException {
        for (int i = 0; i < 4; i++) {
            SERVICE.adjust("S1", "A", 10);
            SERVICE.adjust("S2", "B", 1);
        }
        SERVICE.stop();
        Files.delete(SERVICE.file("wal/identity")); // so that the next start begins another segment
        SERVICE.restart();
        SERVICE.reserve("S1", "A", 3);
        SERVICE.adjust("S3", "C", 5);
        SERVICE.reserve("S1", "A", 4);
        SERVICE.stop();
        List<String> segments = CopiedData.names(SERVICE.file("wal"), ".jsonl");
        archived = segments.getFirst();
        latest = segments.getLast();
        Files.createDirectories(SERVICE.file("archive"));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(SERVICE.file("archive/" + archived + ".gz")))) {
            Files.copy(SERVICE.file("wal/" + archived), out);
        }
        Files.delete(SERVICE.file("wal/" + archived));
    }

    @BeforeEach
    void aCopyOfIt() throws IOException {
        data = CopiedData.of(SERVICE.file(""), directory.resolve("data"));
        Files.createDirectories(directory.resolve("data/access/keys.jsonl")); // which verify never opens
    }

    @Test
    void findsNothingWrongAndChangesNothing() throws IOException {
        TreeMap<String, String> before = data.contents();

        assertThat(verify()).isZero();

        assertThat(told.lines().toList())
                .contains("log: 11 events, sequences 1 to 11, checksums and sums read")
                .contains("  leads to 3 SKUs of 3 stores, 42 units")
                .contains("inventory files, and the log after sequence 11: 3 SKUs, 42 units")
                .anyMatch(line ->
                        line.matches("snapshot central-\\d+.json, and the log after sequence \\d+: 3 SKUs, 42 units"))
                .last()
                .isEqualTo("RIGHT: " + data.root());
        assertThat(data.contents()).isEqualTo(before);
    }

    @Test
    void doesWithoutInventoryFilesAndSnapshots() throws IOException {
        data.deleteAll("inventory");
        data.deleteAll("central");

        assertThat(verify()).isZero();
        assertThat(told).contains("leads to 3 SKUs of 3 stores, 42 units").doesNotContain("inventory files");
    }

    @Test
    void readsALogWhoseBeginningIsNoLongerKept() throws IOException {
        Files.delete(data.file("archive/" + archived + ".gz"));

        assertThat(verify()).isZero();
        assertThat(told).contains("log: 3 events, sequences 9 to 11").contains("inventory files");
        Files.delete(data.file("inventory/checkpoint"));
        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! The log begins at sequence 9, but the events from 1 on are needed");
    }

    @Test
    void namesTheLineThatIsDamaged() throws IOException {
        data.edit("wal/" + latest, text -> text.replaceFirst("\"qty\":3", "\"qty\":2"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .contains("! " + data.file("wal/" + latest) + ", line 2, byte offset ")
                .contains("where sequence 9 should be: ")
                .contains("WRONG: " + data.root());
    }

    @Test
    void findsAWrongSumUnderARightChecksum() throws IOException {
        data.forgeLine("wal/" + latest, 2, line -> line.replace("\"qty\":37", "\"qty\":36"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! Sequence 9, store S1, SKU A: 40 @ 4 and a change by -3 are not 36");
    }

    @Test
    void doesNotJudgeWhatANewerVersionWrote() throws IOException {
        data.forgeLine("wal/" + latest, 1, line -> line.replace("\"format\":2", "\"format\":9"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .contains("! " + data.file("wal/" + latest) + " has format 9, and this version reads formats up to 2");
    }

    @Test
    void findsAVersionThatComesTwice() throws IOException {
        data.forgeLine("wal/" + latest, 2, line -> line.replace("\"version\":5", "\"version\":4"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! Sequence 9, store S1, SKU A: version 4 comes after 40 @ 4");
    }

    @Test
    void findsThatAcknowledgedEventsAreMissing() throws IOException {
        data.edit(
                "wal/" + latest, text -> text.substring(0, text.stripTrailing().lastIndexOf('\n') + 1));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! The log ends at sequence 10, but 11 was acknowledged");
    }

    @Test
    void findsASegmentMissingBetweenTwo() throws IOException {
        Files.delete(data.file("wal/" + latest));
        Files.writeString(data.file("wal/00000000000000000012.jsonl"), "");

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("ends at sequence 8, but the next segment begins at 12");
    }

    @Test
    void anEndThatNobodyWasToldOfIsNotWrong() throws IOException {
        Files.writeString(data.file("wal/" + latest), "{\"sequence\":12,\"event", StandardOpenOption.APPEND);

        assertThat(verify()).isZero();
        assertThat(told).contains("its end was never acknowledged").contains("it has no line end");
    }

    @Test
    void findsADamagedArchive() throws IOException {
        Path file = data.file("archive/" + archived + ".gz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! " + file);
    }

    @Test
    void findsAnInventoryFileThatTheLogDoesNotLeadTo() throws IOException {
        String file = data.last("inventory", ".jsonl");
        data.forge(file, text -> text.replace("\"sku\":\"A\",\"qty\":33", "\"sku\":\"A\",\"qty\":34"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! Store S1, SKU A: the log leads to 33 @ 6, the inventory files to 34 @ 6");
    }

    @Test
    void findsADamagedAndAMissingInventoryFile() throws IOException {
        String file = data.last("inventory", ".jsonl");
        data.edit(file, text -> text.replace("\"qty\":33", "\"qty\":34"));
        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! " + data.file(file) + " is damaged");

        Files.delete(data.file(file));
        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! Inventory files are missing").contains("0 records of at least 3");
    }

    @Test
    void findsADamagedSnapshotAndOneThatTheLogDoesNotLeadTo() throws IOException {
        String file = data.last("central", ".json");
        data.forge(file, text -> text.replace("\"qty\":33", "\"qty\":32"));
        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .contains("! Store S1, SKU A: the log leads to 33 @ 6, the snapshot")
                .contains(" to 32 @ 6");

        data.edit(file, text -> text.replace("\"qty\":32", "\"qty\":31"));
        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! " + data.file(file) + " is damaged");
    }

    @Test
    void findsFilesOfAnotherLog() throws IOException {
        String file = data.last("inventory", ".jsonl");
        data.forge(
                file,
                text -> text.replaceFirst(
                        "\"logId\":\"[^\"]*\"", "\"logId\":\"a0000000-0000-4000-8000-000000000000\""));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("of log a0000000-0000-4000-8000-000000000000, which this one is not, nor continues");
    }

    @Test
    void refusesADirectoryThatIsInUseOrHasNoData() throws IOException {
        assertThat(verify(directory.resolve("nothing"))).isEqualTo(2);
        assertThat(told).contains("there is no data of this service in");
        try (var channel = FileChannel.open(data.file(".lock"), StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(verify()).isEqualTo(2);
            assertThat(told).contains("a service is at work in " + data.root());
        }
    }

    private int verify() {
        return verify(data.root());
    }

    private int verify(Path what) {
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out);
        int exitCode = Commands.run(both, both, "verify", what.toString());
        told = out.toString();
        return exitCode;
    }
}
