package retail.inventory.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.IssuedKeys;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** Every operation is refused, as {@code openapi.yaml} says, to clients without a key, and to a key that may do nothing here. */
class AccessContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void keys() {
        KEYS.create("elsewhere", "--can count --store ELSEWHERE");
        KEYS.awaitUse("elsewhere");
    }

    static Stream<Answer> answers() {
        return FILE.of(AccessContractTest.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        String[] headers = answer.status() == 401 ? new String[0] : KEYS.as("elsewhere");

        OpenApiFile.require(answer, SERVICE.send(answer.method(), answer.anyPath(), null, headers));
    }
}
