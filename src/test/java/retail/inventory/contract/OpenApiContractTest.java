package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.report.ValidationReport;
import java.util.List;
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

    private static final OpenApiInteractionValidator VALIDATOR = OpenApiFile.validator();

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
        // A method that the file does not have is answered with what the file says of the ones it has.
        Method documented = Method.valueOf(FILE.answerOf(exchange).method());
        assertThat(VALIDATOR
                        .validateResponse(exchange.pathWithoutQuery(), documented, Exchange.response(reply))
                        .getMessages())
                .as(reply.toString())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void allowsInTheFileWhatTheServiceTakesAndForbidsTheRest(Exchange exchange) {
        ValidationReport report = VALIDATOR.validateRequest(exchange.request());

        assertThat(report.hasErrors()).as(report.getMessages().toString()).isNotEqualTo(exchange.allowed());
    }

    @Test
    void exercisesEveryAnswerOfEveryOperationOfTheFile() {
        Set<Answer> exercised = Exchanges.all().map(FILE::answerOf).collect(Collectors.toSet());

        // A healthy service cannot be made to answer with 500 and 503 from outside, and its log is too short to be
        // compacted: acceptance.CompactedLogTest has the 410. It has no rate limit: RateLimitContractTest has the 429.
        // Its clients are quick: acceptance.LoadSheddingTest has the 408.
        assertThat(FILE.answers())
                .filteredOn(answer ->
                        answer.status() < 500 && !List.of(408, 410, 429).contains(answer.status()))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(exercised).contains(answer));
    }
}
