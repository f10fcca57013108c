package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.command.Commands;

/** {@code verify} of what a service with holds left; then spoilt, with right checksums. */
@Timeout(60)
class VerifyHoldsTest {

    private static final String HOLDS_FILE = "inventory/holds-000001.jsonl";
    private static final String CHECKPOINT = "inventory/checkpoint";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @TempDir
    Path directory;

    private CopiedData data = new CopiedData(Path.of(""));
    private String told = "";

    @BeforeAll
    static void holdsWerePlacedAndEnded() {
        Baskets holds = new Baskets(SERVICE);
        SERVICE.adjust("S1", "A", 10);
        SERVICE.adjust("S2", "B", 5);
        holds.place("cart", basket(line("S1", "A", 3), line("S2", "B", 2)));
        holds.place("order", "{\"ttlSeconds\":null,\"reference\":\"R\"," + lines(line("S1", "A", 1)) + "}");
        holds.place("gone", basket(line("S1", "A", 2)));
        holds.place("sold", basket(line("S2", "B", 1)));
        holds.release("gone");
        holds.confirm("sold");
        SERVICE.stop();
    }

    @BeforeEach
    void aCopyOfIt() throws IOException {
        data = CopiedData.of(SERVICE.file(""), directory.resolve("data"));
    }

    @Test
    void findsNothingWrong() {
        assertThat(verify()).as(told).isZero();
        assertThat(told.lines().toList())
                .contains("  leads to 2 SKUs of 2 stores, 14 units, 6 of them held, 2 open holds")
                .contains("inventory files, and the log after sequence 8: 2 SKUs, 14 units, 6 of them held")
                .anyMatch(line -> line.matches("snapshot central.*: 2 SKUs, 14 units, 6 of them held"));
    }

    @Test
    void doesWithoutFiles() throws IOException {
        data.deleteAll("inventory");
        data.deleteAll("central");

        assertThat(verify()).as(told).isZero();
        assertThat(told).contains("6 of them held, 2 open holds").doesNotContain("inventory files");
    }

    @Test
    void namesARecordThatHoldsSomethingElse() throws IOException {
        String file = data.last("inventory", "records-000001.jsonl");
        data.forge(file, text -> text.replace("\"holdId\":\"cart\",\"qty\":3", "\"holdId\":\"cart\",\"qty\":2"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .containsPattern(
                        "! Store S1, SKU A: the log leads to 10 @ 5, 4 held by 2, the inventory files to 10 @ 5,"
                                + " 3 held by 2; hold cart: 3 until .*Z, and 2 until .*Z");
    }

    @Test
    void namesARecordOfAHoldThatNobodyPlaced() throws IOException {
        String file = data.last("inventory", "records-000001.jsonl");
        data.forge(file, text -> text.replaceFirst("\"holdId\":\"order\",\"qty\":1", "\"holdId\":\"other\",\"qty\":1"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("4 held by 2; hold order: 1 without end, and nothing");
    }

    @Test
    void namesAHoldThatIsOtherThanTheLogSays() throws IOException {
        forgeHolds(text ->
                text.replace("\"sku\":\"A\",\"requested\":3,\"qty\":3", "\"sku\":\"A\",\"requested\":3,\"qty\":1"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .containsPattern(
                        "! Hold cart: the log leads to HELD @ 1, ends .*, has S1/A 3 S2/B 2, the inventory files to"
                                + " HELD @ 1, ends .*, has S1/A 1 S2/B 2");
    }

    @Test
    void namesAHoldThatIsMissingAndOneThatNobodyPlaced() throws IOException {
        forgeHolds(text -> text.replace("\"holdId\":\"order\"", "\"holdId\":\"0rder\""));

        assertThat(verify()).isEqualTo(1);
        assertThat(told)
                .containsPattern(
                        "! Hold order: the log leads to HELD @ 1, ends null, has S1/A 1, the inventory files to nothing")
                .containsPattern("! Hold 0rder: the log leads to nothing, the inventory files to HELD @ 1");
    }

    /** A hold that is over is forgotten after a day. */
    @Test
    void aHoldThatIsOverMayBeForgotten() throws IOException {
        forgeHolds(text -> text.replaceAll("\\{\"holdId\":\"gone\",[^\n]*,\"crc\"", "{\"forgotten\":\"gone\",\"crc\""));

        assertThat(verify()).as(told).isZero();
    }

    @Test
    void namesASnapshotThatHoldsSomethingElse() throws IOException {
        String file = data.last("central", ".json");
        data.forge(file, text -> text.replace("\"holdId\":\"cart\",\"qty\":3", "\"holdId\":\"cart\",\"qty\":4"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("10 @ 5, 4 held by 2, the snapshot").contains("10 @ 5, 5 held by 2; hold cart");
    }

    @Test
    void findsThatTheLogContradictsItself() throws IOException {
        String segment = data.last("wal", ".jsonl");
        data.forgeLine(segment, 4, line -> line.replace("\"held\":3", "\"held\":2"));

        assertThat(verify()).isEqualTo(1);
        assertThat(told).contains("! Sequence 3, store S1, SKU A: its holds do not have the 2 units that are held");
    }

    /** Changes lines of the file of holds, with their checksums and the checkpoint's. */
    private void forgeHolds(UnaryOperator<String> edit) throws IOException {
        String before = Files.readString(data.file(HOLDS_FILE));
        int count = before.split("\n", -1).length - 1;
        String changed = edit.apply(before);
        assertThat(changed).isNotEqualTo(before);
        String[] lines = changed.split("\n", -1);
        for (int i = 1; i <= count; i++) {
            String line = lines[i - 1];
            if (!before.contains(line + "\n")) {
                data.forgeLine(HOLDS_FILE, i, old -> line);
            }
        }
        byte[] bytes = Files.readAllBytes(data.file(HOLDS_FILE));
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        String extent = String.format("\"bytes\":%d,\"crc\":\"%08x\"}", bytes.length, crc.getValue());
        data.forge(CHECKPOINT, text -> text.replaceFirst("\"bytes\":\\d+,\"crc\":\"[0-9a-f]*\"}", extent));
    }

    private int verify() {
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out);
        int exitCode = Commands.run(both, both, "verify", data.root().toString());
        told = out.toString();
        return exitCode;
    }
}
