package retail.inventory.contract;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.RunningService;
import retail.inventory.acceptance.TestIssuer;
import retail.inventory.access.MadeTokens;
import retail.inventory.contract.OpenApiFile.Answer;

/** Every operation but health answers, as {@code openapi.yaml} says, that nobody can say whom a token shows. */
class IssuerAwayContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = away();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static TestIssuer away() {
        TestIssuer issuer = new TestIssuer();
        issuer.stop();
        return issuer;
    }

    static Stream<Answer> answers() {
        return FILE.of(StartingContractTest.class)
                .filter(answer -> !answer.path().contains("/health"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        String token =
                new MadeTokens(ISSUER.key(), ISSUER.url(), TestIssuer.AUDIENCE, Instant::now).with(claims -> claims);

        OpenApiFile.require(
                answer, SERVICE.send(answer.method(), answer.anyPath(), null, "Authorization", "Bearer " + token));
    }
}
