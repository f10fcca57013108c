package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.Reply;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** A client that sends too much gets the 429 of {@code openapi.yaml} from each operation that has one, from no other. */
class RateLimitContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();
    private static final int TRIES = 10;

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService("--inventory.admission.rate-limit-rps=1", "--inventory.admission.rate-limit-burst=1");

    static Stream<Answer> operations() {
        return FILE.answers().stream()
                .map(answer -> new Answer(answer.prefix(), answer.path(), answer.method(), 429))
                .distinct();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void answersAsTheFileSays(Answer operation) {
        String path = operation.anyPath();
        Reply last = SERVICE.send(operation.method(), path, null);
        for (int i = 0; i < TRIES && last.status() != 429; i++) { // a slow machine may send less than one a second
            last = SERVICE.send(operation.method(), path, null);
        }

        if (!FILE.answers().contains(operation)) {
            assertThat(last.status()).as(last.toString()).isNotEqualTo(429);
            return;
        }
        assertThat(last.isProblem("rate-limited")).as(last.toString()).isTrue();
        OpenApiFile.require(operation, last);
    }
}
