package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.ledger.LedgerFiles.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    @Test
    void readsSaleReturnAndLoss() throws IOException {
        Path file = LedgerFiles.write(
                directory.resolve("ledger.csv"),
                List.of(
                        line("536365", "eire", "BANK CHARGES", 6),
                        line("C536366", "eire", "A", -2),
                        line("3", "eire", "A", -5)));

        assertThat(Ledger.read(file, ALL, "run2-").lines())
                .containsExactly(
                        new LedgerLine(2, new LedgerKey("run2-eire", "BANK CHARGES"), true, 6),
                        new LedgerLine(3, new LedgerKey("run2-eire", "A"), false, 2),
                        new LedgerLine(4, new LedgerKey("run2-eire", "A"), false, -5));
    }

    @Test
    void readsOnlyTheFirstLinesOfCompressedFile() throws IOException {
        List<String> lines = LedgerFiles.mixedLines(50);
        Path plain = LedgerFiles.write(directory.resolve("ledger.csv"), lines.subList(0, 20));
        Path compressed = LedgerFiles.write(directory.resolve("ledger.csv.gz"), lines);

        assertThat(Ledger.read(compressed, 20, "")).isEqualTo(Ledger.read(plain, ALL, ""));
    }

    @Test
    void opensWithNineTenthsOfTheSalesRoundedUp() throws IOException {
        Path file = LedgerFiles.write(
                directory.resolve("ledger.csv"),
                List.of(
                        line("1", "eire", "A", 1),
                        line("2", "eire", "B", 10),
                        line("3", "eire", "B", 1),
                        line("C4", "eire", "B", -50),
                        line("5", "eire", "C", 20),
                        line("C6", "eire", "D", -1)));

        assertThat(Ledger.read(file, ALL, "").openingStock())
                .isEqualTo(Map.of(
                        new LedgerKey("eire", "A"),
                        1L,
                        new LedgerKey("eire", "B"),
                        10L,
                        new LedgerKey("eire", "C"),
                        18L));
        assertThat(Ledger.read(file, 2, "").openingStock()).containsEntry(new LedgerKey("eire", "B"), 9L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,eire,A,6",
                "1,eire,A,6,2010-12-01T08:26:00Z,more",
                "1,eire,,6,2010-12-01T08:26:00Z",
                "1,eire,\"A\",6,2010-12-01T08:26:00Z",
                "1,eire,A,six,2010-12-01T08:26:00Z",
                "1,eire,A,0,2010-12-01T08:26:00Z",
                "1,eire,A,9007199254740992,2010-12-01T08:26:00Z",
                "1,eire,A,-9223372036854775808,2010-12-01T08:26:00Z",
                "1,eire,A,6,yesterday",
                ""
            })
    void namesTheMalformedLine(String malformed) throws IOException {
        Path file = LedgerFiles.write(directory.resolve("ledger.csv"), List.of(line("1", "eire", "A", 6), malformed));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> Ledger.read(file, ALL, ""))
                .withMessageContaining("malformed at line 3");
    }

    @Test
    void refusesFileWithoutHeaderWithoutLinesOrMissing() throws IOException {
        Path headless = Files.writeString(directory.resolve("headless.csv"), line("1", "eire", "A", 6));
        Path empty = LedgerFiles.write(directory.resolve("empty.csv"), List.of());

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> Ledger.read(headless, ALL, ""))
                .withMessageContaining("line 1");
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> Ledger.read(empty, ALL, ""))
                .withMessageContaining("no lines");
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> Ledger.read(directory.resolve("absent.csv"), ALL, ""))
                .withMessageContaining("no ledger file");
    }

    @Test
    void refusesCompressedFileThatIsCutOffOrIsNotCompressed() throws IOException {
        Path whole = LedgerFiles.write(directory.resolve("ledger.csv.gz"), LedgerFiles.mixedLines(500));
        byte[] bytes = Files.readAllBytes(whole);
        Path cutOff = Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        Path plain = Files.writeString(directory.resolve("plain.csv.gz"), LedgerLine.HEADER);

        for (Path damaged : List.of(cutOff, plain)) {
            assertThatExceptionOfType(ReplayException.class)
                    .isThrownBy(() -> Ledger.read(damaged, ALL, ""))
                    .withMessageContaining("damaged after line");
        }
    }

    @Test
    void givesEveryKeyToOneClientInOrderAndSpreadsTheLines() throws IOException {
        Path file = LedgerFiles.write(directory.resolve("ledger.csv"), LedgerFiles.mixedLines(600));
        Ledger ledger = Ledger.read(file, ALL, "");

        List<ClientShare> shares = ClientShare.of(ledger, 4);

        assertThat(shares).hasSize(4).allSatisfy(share -> {
            assertThat(share.lines())
                    .hasSizeBetween(100, 200)
                    .isSortedAccordingTo((one, other) -> Long.compare(one.number(), other.number()));
            assertThat(share.lines()).allMatch(line -> share.openingStock().containsKey(line.key()));
        });
        assertThat(shares.stream().flatMap(share -> share.lines().stream()))
                .containsExactlyInAnyOrderElementsOf(ledger.lines());
        assertThat(shares.stream().flatMap(share -> share.openingStock().keySet().stream()))
                .doesNotHaveDuplicates()
                .hasSize(12);
    }
}
