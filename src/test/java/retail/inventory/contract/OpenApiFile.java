package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import retail.inventory.acceptance.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which operations {@code openapi.yaml} has and which answers they give.
 *
 * @param answers all of them
 */
record OpenApiFile(List<Answer> answers) {

    /** Where the file is, from the directory the build runs in. */
    static final String NAME = "openapi.yaml";

    /** Holds requests and answers against the file. */
    static final OpenApiInteractionValidator VALIDATOR = validator();

    /** The answers that need more than a request to a healthy service: each status has a test that makes it give them. */
    static final Map<Integer, Class<?>> IN_TROUBLE = Map.of(
            401, AccessContractTest.class,
            403, AccessContractTest.class,
            408, SlowClientContractTest.class,
            410, CompactedLogContractTest.class,
            421, ForeignContractTest.class,
            429, RateLimitContractTest.class,
            500, DefectContractTest.class,
            503, StartingContractTest.class);

    /**
     * An answer of an operation behind one of its servers' prefixes.
     *
     * @param prefix that the server puts before the path; empty for the service itself
     * @param path the operation's path, with its variables in braces
     * @param method in upper case
     * @param status of the answer
     */
    record Answer(String prefix, String path, String method, int status) {

        private static final String ONE_ORDER = "?reference=ORDER-77";

        private boolean has(String requestPath) {
            return requestPath.matches(Pattern.quote(prefix) + path.replaceAll("\\{\\w+}", "[^/]+"));
        }

        /** The path of a request, with values for the variables. */
        String anyPath() {
            String query = path.matches(".*/(skus|inventory/\\w+)") ? "?sku=SKU123" : "";
            return prefix + anyPathOfFile() + (method.equals("GET") && path.equals("/holds") ? ONE_ORDER : query);
        }

        private String anyPathOfFile() {
            return path.replace("{storeId}", "STORE001")
                    .replace("{sku}", "SKU123")
                    .replace("{id}", "1")
                    .replace("{holdId}", "cart-1")
                    .replace("{group}", "readiness")
                    .replace("{name}", "retail.inventory");
        }
    }

    static OpenApiFile read() {
        JsonNode file = tree();
        List<Answer> answers = new ArrayList<>();
        file.get("paths").forEachEntry((path, item) -> {
            JsonNode servers = item.has("servers") ? item.get("servers") : file.get("servers");
            for (JsonNode server : servers) {
                String prefix = server.get("url").asString().replaceFirst("/$", "");
                item.forEachEntry((method, operation) -> {
                    if (!method.equals("servers")) {
                        operation
                                .get("responses")
                                .forEachEntry((status, response) -> answers.add(new Answer(
                                        prefix, path, method.toUpperCase(Locale.ROOT), Integer.parseInt(status))));
                    }
                });
            }
        });
        return new OpenApiFile(List.copyOf(answers));
    }

    /** The file as it is, references and all. */
    static JsonNode tree() {
        try {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(NAME)));
            return new JsonMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OpenApiInteractionValidator validator() {
        // The problem types are built with allOf, whose parts would each forbid the members of the others.
        return OpenApiInteractionValidator.createForSpecificationUrl(NAME)
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    /** The answers that a test is there for. */
    Stream<Answer> of(Class<?> test) {
        return answers.stream().filter(answer -> IN_TROUBLE.get(answer.status()) == test);
    }

    /** The answers that a healthy service gives. */
    List<Answer> ofGoodHealth() {
        return answers.stream()
                .filter(answer -> !IN_TROUBLE.containsKey(answer.status()))
                .toList();
    }

    /** Holds what came back against the answer that the file has. */
    static void require(Answer answer, Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(answer.status());
        assertThat(VALIDATOR
                        .validateResponse(
                                answer.anyPathOfFile(), Method.valueOf(answer.method()), Exchange.response(reply))
                        .getMessages())
                .as(reply.toString())
                .isEmpty();
    }

    /** The path of an exchange as the file has it, without the prefix of a server. */
    String pathOf(Exchange exchange) {
        return exchange.pathWithoutQuery().substring(answerOf(exchange).prefix().length());
    }

    /** The answer of the file that an exchange gets. */
    Answer answerOf(Exchange exchange) {
        return answers.stream()
                .filter(answer -> answer.status() == exchange.status() && answer.has(exchange.pathWithoutQuery()))
                .min(Comparator.comparingLong((Answer answer) ->
                                answer.path().chars().filter(c -> c == '{').count())
                        .thenComparing(answer -> !answer.method().equals(exchange.method())))
                .orElseThrow(() -> new AssertionError("the file does not have the answer of " + exchange));
    }

    /** The same, of each operation of the path when none of them has the exchange's method. */
    Stream<Answer> answersOf(Exchange exchange) {
        Answer one = answerOf(exchange);
        return one.method().equals(exchange.method())
                ? Stream.of(one)
                : answers.stream()
                        .filter(answer -> answer.status() == one.status()
                                && answer.path().equals(one.path())
                                && answer.prefix().equals(one.prefix()));
    }
}
