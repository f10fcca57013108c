package retail.inventory.contract;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** Who asks for events that are no longer kept gets the 410 of {@code openapi.yaml}. */
class CompactedLogContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();
    private static final String FIRST_SEGMENT = "wal/00000000000000000001.jsonl";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    /** A torn tail ends a segment long before it is full. */
    @BeforeAll
    static void compacts() throws IOException {
        SERVICE.adjust("STORE001", "SKU123", 10);
        SERVICE.stop();
        Files.writeString(SERVICE.file(FIRST_SEGMENT), "{\"seq", StandardOpenOption.APPEND);
        SERVICE.start("--inventory.service.idempotency-ttl-ms=1000");
        SERVICE.adjust("STORE001", "SKU123", 10);
        await().until(() -> !Files.exists(SERVICE.file(FIRST_SEGMENT)));
    }

    static Stream<Answer> answers() {
        return FILE.of(CompactedLogContractTest.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        OpenApiFile.require(
                answer,
                SERVICE.send(
                        answer.method(),
                        answer.anyPath()
                                + (answer.anyPath().contains("?") ? "&" : "?")
                                + (answer.path().equals("/events") ? "after=0" : "minSequence=900001"),
                        null));
    }
}
