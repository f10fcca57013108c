package retail.inventory.contract;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import retail.inventory.acceptance.RunningService;
import retail.inventory.contract.OpenApiFile.Answer;

/** As long as the log has not been read, whoever needs it gets the 503 of {@code openapi.yaml}. */
class StartingContractTest {

    private static final OpenApiFile FILE = OpenApiFile.read();

    /** Of what is served meanwhile the 503 is {@link IssuerAwayContractTest}'s. */
    private static final String SERVED = "/|/metrics|/actuator/(?!health).*";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0", "--spring.main.sources=" + NeverReady.class.getName());

    /** Takes away what reads the log once the web server answers. */
    static class NeverReady {

        @Bean
        static BeanDefinitionRegistryPostProcessor withoutStart() {
            return (BeanDefinitionRegistry registry) -> registry.removeBeanDefinition("start");
        }
    }

    static Stream<Answer> answers() {
        return FILE.of(StartingContractTest.class)
                .filter(answer -> !answer.path().matches(SERVED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersAsTheFileSays(Answer answer) {
        String change = answer.path().contains("/holds/{holdId}/")
                ? "{}"
                : answer.path().startsWith("/holds")
                        ? "{\"lines\":[{\"storeId\":\"S1\",\"sku\":\"A\",\"qty\":1}]}"
                        : answer.path().endsWith("/adjust") ? "{\"delta\":1}" : "{\"qty\":1}";
        OpenApiFile.require(
                answer,
                answer.method().equals("GET")
                        ? SERVICE.get(answer.anyPath())
                        : SERVICE.send(
                                answer.method(),
                                answer.anyPath(),
                                BodyPublishers.ofString(change),
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                "k-1"));
    }
}
