package retail.inventory.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.acceptance.Reply;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** Every operation is refused, as {@code openapi.yaml} says, to pages in a browser that made their own name this machine's. */
class ForeignContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    static Stream<Answer> answers() {
        return Stream.concat(
                FILE.of(ForeignContractTest.class),
                FILE.of(AccessContractTest.class)
                        .filter(answer ->
                                answer.status() == 403 && !answer.method().equals("GET")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        String foreign =
                answer.status() == 421 ? "Host: evil.example\n" : "Host: localhost\nOrigin: http://evil.example\n";
        Reply reply = SERVICE.raw(answer.method() + " " + answer.anyPath() + " HTTP/1.1\n" + foreign
                + "Content-Length: 0\nConnection: close\n\n");

        OpenApiFile.require(answer, reply);
    }
}
