package retail.inventory.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retail.inventory.command.Commands;
import retail.inventory.lab.Ports;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.prove.TamperingProxy.Fault;

/** The packaged service is proved; a service with a fault is found out. */
@Order(2) // long ones first: the last one has nobody beside it
class ProveIT {

    private static final String SMALL = "--stock 20 --keys 20 --changes 60 --clients 8 --seconds 1";

    @TempDir
    static Path dataDir;

    private static ServiceProcess service;

    private record Run(int exitStatus, String output) {}

    @BeforeAll
    static void start() throws IOException {
        service = ServiceProcess.launch(dataDir, Map.of());
        service.uri();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void provesTheService() {
        Run run = prove(service.uri(), "--stock 50 --keys 200 --changes 300 --clients 16 --seconds 3");

        assertThat(run.output())
                .contains("50 of 50 units sold to 200 requests, none left")
                .contains("200 keys sent 5 times each: 200 effects")
                .contains("each once and in order, in pages and in a resumed stream")
                .containsPattern(
                        "holds  +[0-9,]+ baskets .* [1-9][0-9,]* placed, [1-9][0-9,]* refused; .* [0-9]+ of them late, .* sums exact")
                .containsPattern("holds that end +50 units had again within")
                .containsPattern("feed of holds .* each once and whole, and [0-9,]+ ends; .* central view: sums exact")
                .contains("PROVED: accepted ≤ stock, lost 0, doubled 0, violations 0");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void takesItsTimeWithAServiceThatLimitsIt(@TempDir Path otherDir) throws IOException {
        Map<String, String> limit = Map.of("RATE_LIMIT_RPS", "50", "RATE_LIMIT_BURST", "5");
        try (ServiceProcess limited = ServiceProcess.launch(otherDir, limit)) {
            Run run = prove(limited.uri(), "--stock 4 --keys 4 --changes 8 --clients 2 --seconds 1");

            assertThat(run.output()).contains("rate-limited").contains("PROVED");
            assertThat(run.exitStatus()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OVERSELLS, never oversold: of 20 units",
        "FORGETS_KEYS, one effect per key: 20 keys had 100 effects",
        "LOSES_A_SALE, FAILED: never oversold",
        "READS_ARE_STALE, 'versions, own writes: what was written is read'",
        "LEAVES_OUT_AN_EVENT, feed complete: 1 acknowledged changes are not in pages",
        "HOLDS_HALF_A_BASKET, holds: a basket is all or nothing: hold",
        "HOLDS_BEYOND_AVAILABLE, hold can be",
        "LOSES_A_CONFIRM, holds: PROVE-",
        "FEED_LACKS_A_CONFIRM, feed of holds: versions have no gap",
        "FEED_SPLITS_A_BASKET, feed of holds: a basket is all or nothing: the hold",
        "KEEPS_WHAT_HAS_ENDED, ms after their hold had ended",
        "ENDS_TOO_SOON, holds that end: held units were given to another hold",
        "CENTRAL_KNOWS_NO_HOLDS, are held, but the answer was 200"
    })
    void findsTheFault(Fault fault, String words) throws IOException {
        try (TamperingProxy wrong = new TamperingProxy(service.uri(), fault)) {
            Run run = prove(wrong.url(), SMALL);

            assertThat(run.output()).contains(words).doesNotContain("PROVED");
            assertThat(run.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatIsWrongWithArguments() throws IOException {
        assertThat(prove(service.uri(), "--stock 0").output())
                .contains("--stock is a whole number from 1 to 100000")
                .contains("Usage: java -jar inventory-service.jar prove");
        assertThat(prove(service.uri(), "--what 1")).satisfies(run -> {
            assertThat(run.exitStatus()).isEqualTo(2);
            assertThat(run.output()).contains("Unknown options: '--what', '1'");
        });
        assertThat(prove(URI.create("ftp://localhost"), "").output()).contains("--base-url is http://host:port");
        int free = Ports.free();
        Run nobody = prove(URI.create("http://127.0.0.1:" + free), "");
        assertThat(nobody.output()).contains("No service answers at http://127.0.0.1:" + free);
        assertThat(nobody.exitStatus()).isEqualTo(2);
    }

    private static Run prove(URI url, String more) {
        String[] args = ("prove --base-url " + url + " " + more).strip().split(" ", -1);
        StringWriter output = new StringWriter();
        PrintWriter both = new PrintWriter(output);
        return new Run(Commands.run(both, both, args), output.toString());
    }
}
