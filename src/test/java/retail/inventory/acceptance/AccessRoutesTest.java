package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import retail.inventory.web.HoldRoute;
import retail.inventory.web.StockRoute;

/** Each route that Spring or we serve, our own and actuator's, is for somebody, and for nobody else. */
class AccessRoutesTest {

    private static final Set<String> MVC = new TreeSet<>();

    private static final String FOR_ANYBODY = "\\w+ (/api)?(/actuator)?/health.*";
    private static final String FOR_ANYBODY_KNOWN = "\\w+ (/api)?/(docs.*|openapi.yaml)?";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0", "--spring.main.sources=" + Listed.class.getName());

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    /** Notes the routes of all mappings. */
    static class Listed {

        @Bean
        static SmartInitializingSingleton routes(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
            return () -> mappings.forEach(
                    mapping -> mapping.getHandlerMethods().keySet().forEach(Listed::add));
        }

        private static void add(RequestMappingInfo route) {
            Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                route.getPatternValues().forEach(path -> MVC.add(method + " " + path));
            }
        }
    }

    @BeforeAll
    static void keys() {
        for (String store : List.of("S1", "S2", "DE-1")) {
            assertThat(SERVICE.adjust(store, "K", 10).status()).isEqualTo(201);
        }
        KEYS.create("till", "--role till --store S1");
        KEYS.create("none", "--can count --store NONE");
        KEYS.create("admin", "--role admin");
        await().until(() -> SERVICE.read("S1", "K", KEYS.as("admin")).status() == 200
                && SERVICE.read("S1", "K").status() == 401);
    }

    private static List<String> routes() {
        Stream<String> stock = Arrays.stream(StockRoute.Action.values())
                .flatMap(one -> one.patterns().stream().map(pattern -> one.method() + " " + pattern));
        Stream<String> holds = Arrays.stream(HoldRoute.Action.values())
                .flatMap(one -> one.patterns().stream().map(pattern -> one.method() + " " + pattern));
        return Stream.of(MVC.stream(), stock, holds)
                .flatMap(some -> some)
                .filter(route -> !route.endsWith(" /error") && !route.contains("${"))
                .toList();
    }

    private static Reply send(String route, String store, String... headers) {
        String[] words = route.split(" ", -1);
        String path = words[1].replace("{storeId}", store)
                .replace("{sku}", "K")
                .replace("{holdId}", "h-1")
                .replace("/docs/{name}", "/docs/problems.html")
                .replaceAll("/\\*\\*.*|/\\{\\*.*", "/x")
                .replaceAll("\\{[^}]*}", "x");
        boolean changes = words[0].equals("POST") || words[0].equals("PUT");
        String[] all = Stream.concat(
                        changes ? Stream.of("Content-Type", "application/json") : Stream.of(), Stream.of(headers))
                .toArray(String[]::new);
        return SERVICE.send(words[0], path, changes ? BodyPublishers.ofString(body(path, store)) : null, all);
    }

    private static String body(String path, String store) {
        String line = "[{\"storeId\":\"" + store + "\",\"sku\":\"K\",\"qty\":1}]";
        return path.contains("adjust")
                ? "{\"delta\":1}"
                : path.endsWith("reserve") ? "{\"qty\":1}" : path.contains("holds") ? "{\"lines\":" + line + "}" : "{}";
    }

    @Test
    void eachRouteIsInTheTable() {
        assertThat(routes()).hasSizeGreaterThan(60).anyMatch(route -> route.contains("/actuator/prometheus"));
        for (String route : routes()) {
            int stranger = send(route, "S1").status();
            assertThat(stranger).as(route).isEqualTo(route.matches(FOR_ANYBODY) ? statusOfHealth(route) : 401);
            Reply admin = send(route, "S1", KEYS.as("admin"));
            assertThat(admin.status()).as(route + ": " + admin).isNotIn(401, 403);
            assertThat(admin.body()).as(route).doesNotContain("Nothing is served at this path");
            if (!route.matches(FOR_ANYBODY) && !route.matches(FOR_ANYBODY_KNOWN)) {
                assertThat(send(route, "S1", KEYS.as("none")).status())
                        .as(route)
                        .isEqualTo(403);
            }
        }
    }

    /** Some of actuator's are for parts that there are not. */
    private static int statusOfHealth(String route) {
        return send(route, "S1", KEYS.as("admin")).status();
    }

    @Test
    void aStolenKeyOfATillDoesNothingOutsideItsStore() {
        long before = SERVICE.get("/central/skus/K", KEYS.as("admin")).number("total");
        for (String store : List.of("S2", "S9", "DE-1", "s1", "S1*", "S%32", "*", "S1.")) {
            for (String route : routes()) {
                if (!route.matches(FOR_ANYBODY) && !route.matches(FOR_ANYBODY_KNOWN)) {
                    Reply reply = send(route, store, KEYS.as("till"));
                    boolean ofHolds = route.matches("\\w+ (/api/inventory)?/holds.*");
                    assertThat(reply.status())
                            .as(route + " in " + store + ": " + reply)
                            .isIn(ofHolds ? Set.of(400, 403, 404) : Set.of(400, 403));
                }
            }
        }
        assertThat(SERVICE.get("/central/skus/K", KEYS.as("admin")).number("total"))
                .isEqualTo(before);
        assertThat(SERVICE.read("S9", "K", KEYS.as("admin")).status()).isEqualTo(404);
    }
}
