package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import retail.inventory.InventoryApplication;
import retail.inventory.acceptance.RunningService;
import retail.inventory.web.HoldRoute;
import retail.inventory.web.StockRoute;

/** Each route of the service is in {@code openapi.yaml}, behind each prefix that it has; that none is there too many, others see. */
class OpenApiRoutesTest {

    private static final Set<String> ROUTES = new TreeSet<>();

    /** What leads people and programs to the file is not in it. */
    private static final String ABOUT_THE_FILE = "\\w+ (/api)?/(openapi\\.yaml|docs.*)";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--spring.main.sources=" + Listed.class.getName());

    /** Notes the routes of our own controllers; those of Spring's endpoints are chosen by name, one by one. */
    static class Listed {

        @Bean
        static SmartInitializingSingleton routes(
                @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
            return () -> mapping.getHandlerMethods().forEach((route, handler) -> {
                if (handler.getBeanType()
                        .getPackageName()
                        .startsWith(InventoryApplication.class.getPackageName() + ".")) {
                    add(route);
                }
            });
        }

        private static void add(RequestMappingInfo route) {
            for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                for (String path : route.getPatternValues()) {
                    ROUTES.add(method + " " + path);
                }
            }
        }
    }

    /** Those are answered ahead of Spring MVC. */
    private static Stream<String> stockRoutes() {
        Stream<String> stock = Arrays.stream(StockRoute.Action.values())
                .flatMap(action -> action.patterns().stream().map(pattern -> action.method() + " " + pattern));
        Stream<String> holds = Arrays.stream(HoldRoute.Action.values())
                .flatMap(action -> action.patterns().stream().map(pattern -> action.method() + " " + pattern));
        return Stream.concat(stock, holds);
    }

    @Test
    void hasEachRouteOfTheService() {
        Set<String> served = Stream.concat(ROUTES.stream(), stockRoutes())
                .filter(route -> !route.matches(ABOUT_THE_FILE))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = OpenApiFile.read().answers().stream()
                .filter(answer -> !answer.path().startsWith("/actuator/"))
                .map(answer -> answer.method() + " " + answer.prefix() + answer.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(served).isNotEmpty().isEqualTo(documented);
    }
}
