package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import retail.inventory.acceptance.Reply;
import retail.inventory.acceptance.RunningService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A query parameter that the interface does not have at a route is refused there, with the names of those it has. */
class ParametersContractTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    /**
     * An operation of the interface.
     *
     * @param path a path of it
     * @param accepts the media types it answers with, each of which may be a handler of its own
     * @param parameters the names of its query parameters
     */
    record Operation(String method, String path, List<String> accepts, Set<String> parameters) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void stock() {
        SERVICE.adjust("STORE001", "SKU123", 1);
    }

    static Stream<Operation> operations() throws IOException {
        Object yaml =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(OpenApiFile.NAME)));
        JsonNode file = new JsonMapper().valueToTree(yaml);
        List<Operation> all = new ArrayList<>();
        file.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (List.of("get", "post").contains(method)) {
                        all.add(new Operation(
                                method.toUpperCase(java.util.Locale.ROOT),
                                concrete(path),
                                List.copyOf(
                                        operation.at("/responses/200/content").propertyNames()),
                                queryParameters(file, item, operation)));
                    }
                }));
        return all.stream();
    }

    private static Set<String> queryParameters(JsonNode file, JsonNode item, JsonNode operation) {
        Set<String> names = new TreeSet<>();
        Stream.of(item.path("parameters"), operation.path("parameters"))
                .flatMap(JsonNode::valueStream)
                .map(parameter -> parameter.has("$ref")
                        ? file.at(parameter.get("$ref").asString().substring(1))
                        : parameter)
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .forEach(parameter -> names.add(parameter.get("name").asString()));
        return names;
    }

    private static String concrete(String path) {
        return path.replace("{storeId}", "STORE001")
                .replace("{sku}", "SKU123")
                .replace("{id}", "1")
                .replace("{holdId}", "cart-1")
                .replace("{group}", "readiness")
                .replace(
                        "{name}",
                        path.contains("docs") ? "index.html" : path.contains("metrics") ? "jvm.info" : "ROOT");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void refusesAParameterThatTheInterfaceDoesNotHave(Operation operation) {
        Set<String> known = new TreeSet<>();
        for (String accept : operation.accepts.isEmpty() ? List.of("*/*") : operation.accepts) {
            for (String query : List.of("no-such-parameter=1", "no-such-parameter")) {
                Reply reply = SERVICE.send(
                        operation.method,
                        operation.path + "?" + query,
                        null,
                        "Accept",
                        accept + ", application/problem+json;q=0.5");

                assertThat(reply.isProblem("invalid-request"))
                        .as(reply.toString())
                        .isTrue();
                assertThat(reply.text("field")).isEqualTo("no-such-parameter");
                reply.json().get("known").valueStream().forEach(name -> known.add(name.asString()));
            }
        }
        assertThat(known).isEqualTo(operation.parameters);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void takesAnEmptyQueryAsNone(Operation operation) {
        String method = operation.method.equals("GET") && operation.accepts.contains("text/event-stream")
                ? "HEAD" // following would never end
                : operation.method;
        int without = SERVICE.send(method, operation.path, null).status();

        assertThat(SERVICE.send(method, operation.path + "?", null).status()).isEqualTo(without);
        for (String parameter : operation.parameters) {
            String twice = parameter + "=1&" + parameter + "=1";
            Reply reply = SERVICE.send(method, operation.path + "?" + twice, null);
            assertThat(reply.status())
                    .as(twice)
                    .isEqualTo(operation.path.startsWith("/actuator") ? reply.status() : 400);
        }
    }
}
