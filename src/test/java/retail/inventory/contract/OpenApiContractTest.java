package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.report.ValidationReport;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.Reply;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** The service does what {@code openapi.yaml} says, and the file says what the service does. */
class OpenApiContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void prepare() {
        Exchanges.prepare(SERVICE);
    }

    static Stream<Exchange> exchanges() {
        return Exchanges.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void answersAsTheFileSays(Exchange exchange) {
        Reply reply = exchange.send(SERVICE);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(exchange.status());
        if (exchange.slug() != null) {
            assertThat(reply.isProblem(exchange.slug())).as(reply.toString()).isTrue();
        }
        // What has no tag to ask about again must not be kept, by anything in between.
        assertThat(reply.header("cache-control"))
                .as(reply.toString())
                .isIn(reply.header("etag") == null ? Set.of("no-store") : Set.of("no-store", "no-cache"));
        // A method that the file does not have is answered with what the file says of the ones it has.
        Method documented = Method.valueOf(FILE.answerOf(exchange).method());
        assertThat(OpenApiFile.VALIDATOR
                        .validateResponse(FILE.pathOf(exchange), documented, Exchange.response(reply))
                        .getMessages())
                .as(reply.toString())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void allowsInTheFileWhatTheServiceTakesAndForbidsTheRest(Exchange exchange) {
        ValidationReport report = OpenApiFile.VALIDATOR.validateRequest(exchange.request(FILE.pathOf(exchange)));

        assertThat(report.hasErrors()).as(report.getMessages().toString()).isNotEqualTo(exchange.allowed());
    }

    @Test
    void exercisesEveryAnswerOfEveryOperationOfTheFile() {
        Set<Answer> exercised = Exchanges.all().flatMap(FILE::answersOf).collect(Collectors.toSet());

        // The answers of a service in trouble are exercised by the tests of IN_TROUBLE, one by one as the file has
        // them.
        assertThat(FILE.ofGoodHealth())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(exercised).contains(answer));
    }
}
