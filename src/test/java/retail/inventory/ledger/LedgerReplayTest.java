package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.lab.Client;
import retail.inventory.lab.Program;
import retail.inventory.ledger.FakeInventory.Fault;

class LedgerReplayTest {

    private static final int LINES = 400;
    private static final int CLIENTS = 8;
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void writeLedger() throws IOException {
        file = LedgerFiles.write(directory.resolve("ledger.csv.gz"), LedgerFiles.mixedLines(LINES));
    }

    @Test
    void findsFaithfulServiceEqualAndRepeatsUnderAnotherPrefix() throws IOException {
        try (FakeInventory service = new FakeInventory(Fault.NONE)) {
            ReplayResult result = replay(service, "");

            assertThat(result.ledgerOk()).isTrue();
            assertThat(result.lines()).isEqualTo(LINES);
            assertThat(result.keysCompared()).isEqualTo(12);
            assertThat(result.refused()).isPositive().isLessThan(LINES);
            assertThat(result.versions()).isEqualTo(LINES + 12 - result.refused());
            assertThat(result.retries()).isZero();
            assertThat(replay(service, "again-").ledgerOk()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERSELLS", "LOSES_ONE_UPDATE", "APPLIES_ONE_TWICE"})
    void findsUnfaithfulServiceDifferent(Fault fault) throws IOException {
        try (FakeInventory service = new FakeInventory(fault)) {
            assertThat(replay(service, "").ledgerOk()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HIDES_ANSWERS", "DROPS_CONNECTIONS"})
    void repeatsUndecidedWriteWithoutApplyingItTwice(Fault fault) throws IOException {
        try (FakeInventory service = new FakeInventory(fault)) {
            ReplayResult result = replay(service, "");

            assertThat(result.ledgerOk()).isTrue();
            assertThat(result.retries()).isGreaterThan(LINES / 6);
        }
    }

    @Test
    void stopsAtAnswerThatNoLineMayCause() throws IOException {
        try (FakeInventory service = new FakeInventory(Fault.BREAKS)) {
            assertThatExceptionOfType(ReplayException.class)
                    .isThrownBy(() -> replay(service, ""))
                    .withMessageContaining("was answered by 500");
        }
    }

    @Test
    void sendsTheLinesOfAClientToOneProcessAfterTheOtherAndComparesWhatEachHas() throws IOException {
        try (FakeInventory service = new FakeInventory(Fault.NONE);
                FakeInventory stranger = new FakeInventory(Fault.NONE)) {
            assertThat(replay(List.of(stranger.url(), service.url()), "").ledgerOk())
                    .isFalse();
            assertThat(replay(List.of(service.url(), service.url()), "again-").ledgerOk())
                    .isTrue();
        }
    }

    @Test
    void refusesStoreThatHasRecordsAlready() throws IOException {
        try (FakeInventory service = new FakeInventory(Fault.NONE)) {
            assertThat(replay(service, "").ledgerOk()).isTrue();

            assertThatExceptionOfType(ReplayException.class)
                    .isThrownBy(() -> replay(service, ""))
                    .withMessageContaining("--store-prefix");
        }
    }

    @Test
    void exitsWithTheVerdict() throws IOException {
        try (FakeInventory faithful = new FakeInventory(Fault.NONE);
                FakeInventory overselling = new FakeInventory(Fault.OVERSELLS)) {
            assertThat(program(0, arguments(faithful.url())))
                    .contains("p50", "lines/s")
                    .contains("LEDGER OK");
            assertThat(program(1, arguments(overselling.url())))
                    .contains("eire / ")
                    .contains("LEDGER FAILED");
        }
    }

    @Test
    void saysThatTheServiceIsNotReachable() throws IOException {
        FakeInventory stopped = new FakeInventory(Fault.NONE);
        stopped.close();

        assertThat(program(1, arguments(stopped.url()))).contains("not reachable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--file l.csv",
                "--base-url http://127.0.0.1:3000",
                "--base-url https://127.0.0.1:3000 --file l.csv",
                "--base-url http://127.0.0.1:3000 --file l.csv --clients 0",
                "--base-url http://127.0.0.1:3000 --file l.csv --clients many",
                "--base-url http://127.0.0.1:3000 --file l.csv --lines 0",
                "--base-url http://127.0.0.1:3000 --file l.csv --lines",
                "--base-url http://127.0.0.1:3000 --file l.csv --store-prefix -a",
                "--base-url http://127.0.0.1:3000 --file l.csv --speed 9",
                "--base-url http://127.0.0.1:3000 --file l.csv --file m.csv"
            })
    void explainsItsUsage(String arguments) throws IOException {
        assertThat(program(2, List.of(arguments.split(" ", -1)))).contains("Usage: LedgerReplay");
    }

    @Test
    void encodesWhatAPathMayNotHold() {
        assertThat(Client.encoded("BANK CHARGES:1/é~.-_")).isEqualTo("BANK%20CHARGES%3A1%2F%C3%A9~.-_");
    }

    private ReplayResult replay(FakeInventory service, String storePrefix) throws IOException {
        return replay(List.of(service.url()), storePrefix);
    }

    private ReplayResult replay(List<URI> services, String storePrefix) throws IOException {
        return Replay.of(Ledger.read(file, Integer.MAX_VALUE, storePrefix), services, CLIENTS, NOWHERE);
    }

    private List<String> arguments(URI service) {
        return List.of("--base-url", service.toString(), "--file", file.toString(), "--clients", "4");
    }

    private static String program(int exitStatus, List<String> arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(Program.status("LEDGER", new LedgerReplay(), out, arguments.toArray(new String[0])))
                .isEqualTo(exitStatus);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
